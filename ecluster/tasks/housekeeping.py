"""What the queue itself needs now and then."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ecluster.tasks.background import background
from ecluster.tasks.models import Heartbeat

SUCCESS_KEPT, FAILURE_KEPT, HEARTBEAT_KEPT = timedelta(days=7), timedelta(days=90), timedelta(days=1)


@background()
def forget_what_is_done() -> None:
    """Failures are kept long enough for somebody to ask what went wrong."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - SUCCESS_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILURE_KEPT).delete()
    Heartbeat.objects.filter(beat_at__lt=now - HEARTBEAT_KEPT).delete()
