"""What the worker itself remembers; the queue is django-tasks-db's table."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker that has not been heard of for so long is taken for dead, and its tasks are given to another.
SILENCE_OF_THE_DEAD = timedelta(minutes=2)


class HeartbeatQuerySet(models.QuerySet):
    def alive(self, silence: timedelta = SILENCE_OF_THE_DEAD) -> Self:
        return self.filter(beat_at__gt=timezone.now() - silence)


class Heartbeat(models.Model):
    """A worker that runs, and when it was last heard of."""

    worker_id = models.CharField(_("worker"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    beat_at = models.DateTimeField(_("last heard of at"), default=timezone.now, db_index=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("background worker")
        verbose_name_plural = _("background workers")

    def __str__(self) -> str:
        return self.worker_id


class ScheduledTask(models.Model):
    """When a task of settings.SCHEDULE was last put into the queue; the rule itself stands in the settings."""

    task_path = models.CharField(_("task"), max_length=200, primary_key=True)
    last_enqueued_at = models.DateTimeField(_("last enqueued at"), default=timezone.now)

    class Meta:
        verbose_name = _("scheduled task")
        verbose_name_plural = _("scheduled tasks")

    def __str__(self) -> str:
        return self.task_path
