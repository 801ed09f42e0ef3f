"""Every read starts here: a QuerySet says what of it a person may see."""

from typing import Self

from django.db import models


class VisibleQuerySet(models.QuerySet):
    """A QuerySet whose rows are nobody's until its model says whose: each model overrides `visible_to`."""

    def visible_to(self, user) -> Self:
        """The rows that `user` (perhaps anonymous) may know to exist. What is not among them is a 404."""
        return self.none()
