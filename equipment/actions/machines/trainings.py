"""Who has learnt to use a machine, and until when that counts."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from equipment.models import Equipment, Training


@transaction.atomic
def record_training(
    *, machine: Equipment, person: User, by, passed_on: date | None = None, expires_on: date | None = None
) -> Training:
    """Counts from `passed_on` (today), until `expires_on` or as long as the machine's trainings do. A second one of
    the same person takes the place of the first."""
    current = _locked(machine, by)
    passed_on = passed_on or timezone.localdate()
    if passed_on > timezone.localdate():
        raise ValidationError({"passed_on": _("This day is yet to come.")})
    if not person.is_active:
        raise ValidationError({"person": _("This account is closed.")})
    expires_on = expires_on or _months_after(passed_on, current.training_months)
    if expires_on and expires_on < passed_on:
        raise ValidationError({"expires_on": _("It would run out before it was passed.")})
    training, _is_new = Training.objects.update_or_create(
        equipment=current, person=person, defaults={"passed_on": passed_on, "expires_on": expires_on}
    )
    told: dict[str, list] = {"training": ["", f"person {person.pk}"], "valid_until": ["", expires_on or ""]}
    record(target=current, action="record_training", by=by, changes=told)
    return training


@transaction.atomic
def revoke_training(*, training: Training, by, reason: str = "") -> None:
    current = _locked(training.equipment, by)
    record(
        target=current,
        action="revoke_training",
        by=by,
        changes={"training": [f"person {training.person_id}", ""]},
        reason=reason,
    )
    training.delete()


def _locked(machine: Equipment, by) -> Equipment:
    current = Equipment.objects.select_for_update().get(pk=machine.pk)
    require(by, Permission.KEEP_EQUIPMENT, current)
    return current


def _months_after(day: date, months: int | None) -> date | None:
    """The same day of the month, or its last where it is shorter; None where trainings don't expire."""
    if not months:
        return None
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
