"""What every record of the portal has."""

from django.db import models

from ecluster import demo


class Record(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    is_demo = models.BooleanField(default=demo.is_building, editable=False)

    class Meta:
        abstract = True
