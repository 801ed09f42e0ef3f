"""What the portal's clock reminds people of: each of it once, also where a task runs twice or a day was missed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ecluster.tasks.background import background
from equipment import following
from equipment.models import Booking, Equipment, Training
from equipment.statuses import BookingStatus

DAY = timedelta(days=1)
NOTICE_DAYS = 30  # before a training or a calibration runs out


@background()
def remind_of_tomorrow() -> None:
    """The day before it begins. Who booked, or was moved, less than a day ahead knows already."""
    now = timezone.now()
    due = _approved().filter(starts_at__gt=now, starts_at__lte=now + DAY, created_at__lte=F("starts_at") - DAY)
    _tell(due.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("starts_at") - DAY)), following.starts_soon)


@background()
def remind_to_log() -> None:
    """Once the booked time is over, that is since the reminder of it if there was one."""
    due = _approved().filter(ends_at__lte=timezone.now())
    _tell(due.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("ends_at"))), following.wants_logging)


@background()
def tell_what_runs_out() -> None:
    """Trainings to who has them, calibrations to who keeps the machine; anew once the date has changed."""
    today = timezone.localdate()
    until = today + timedelta(days=NOTICE_DAYS)
    trainings = Training.objects.filter(expires_on__range=(today, until), person__is_active=True)
    for training in trainings.exclude(told_of=F("expires_on")).select_related("person", "equipment"):
        _tell_once(training, training.expires_on, following.training_expires)
    machines = Equipment.objects.in_use().filter(calibration_due_on__range=(today, until))
    for equipment in machines.exclude(told_of=F("calibration_due_on")):
        _tell_once(equipment, equipment.calibration_due_on, following.calibration_due)


def _approved():
    return Booking.objects.filter(status=BookingStatus.APPROVED).select_related("person", "equipment__owner")


def _tell(due, say) -> None:
    """Of two workers that come to the same booking one finds it marked."""
    for booking in due.order_by("pk"):
        with transaction.atomic():
            if due.filter(pk=booking.pk).update(reminded_at=timezone.now()):
                say(booking)


@transaction.atomic
def _tell_once(row, day, say) -> None:
    untold = type(row).objects.filter(pk=row.pk).filter(Q(told_of=None) | ~Q(told_of=day))
    if untold.update(told_of=day):
        say(row)
