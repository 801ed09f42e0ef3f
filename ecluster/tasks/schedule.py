"""Tasks that come round: settings.SCHEDULE maps a task to “every 10 minutes” or “daily at 07:00” (portal's zone)."""

import re
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from ecluster.tasks.models import ScheduledTask

EVERY = re.compile(r"every (\d+) minutes")
DAILY = re.compile(r"daily at (\d\d:\d\d)")


def next_due(rule: str, last: datetime) -> datetime:
    """When a task under `rule` that was last enqueued at `last` is due again."""
    if every := EVERY.fullmatch(rule):
        return last + timedelta(minutes=int(every[1]))
    if daily := DAILY.fullmatch(rule):
        return _next_time_of_day(time.fromisoformat(daily[1]), last)
    raise ValueError(f"A schedule says “every 10 minutes” or “daily at 07:00”, not “{rule}”.")


def enqueue_what_is_due() -> list[str]:
    """Puts each task that is due into the queue, once however many workers ask; answers their paths.

    What was missed while no worker ran is made up for once. A task that is new in the schedule waits its first turn.
    """
    return [path for path, rule in settings.SCHEDULE.items() if _enqueue_if_due(path, rule)]


@transaction.atomic
def _enqueue_if_due(path: str, rule: str) -> bool:
    ScheduledTask.objects.get_or_create(task_path=path)
    scheduled = ScheduledTask.objects.select_for_update().get(task_path=path)
    now = timezone.now()
    if next_due(rule, scheduled.last_enqueued_at) > now:
        return False
    scheduled.last_enqueued_at = now
    scheduled.save(update_fields=["last_enqueued_at"])
    import_string(path).enqueue()
    return True


def _next_time_of_day(at: time, last: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    day = last.astimezone(zone).date()
    candidate = datetime.combine(day, at, zone)
    return candidate if candidate > last else datetime.combine(day + timedelta(days=1), at, zone)
