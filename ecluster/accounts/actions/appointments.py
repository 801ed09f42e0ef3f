"""Offices are given and taken: power over others, so never by the one who gains or loses it."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts import notices
from ecluster.accounts.access import require
from ecluster.accounts.models import Appointment, Body, User
from ecluster.accounts.offices import offices_of
from ecluster.accounts.permissions import Permission, Role
from ecluster.audit.actions import record


@transaction.atomic
def appoint(
    *,
    user: User,
    body: Body,
    office: str,
    by,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Appointment:
    _require_over(user, by)
    held = Body.objects.select_for_update().get(pk=body.pk)
    starts_on = starts_on or timezone.localdate()
    _refuse(user, held, office, starts_on, ends_on)
    appointment = Appointment.objects.create(user=user, body=held, office=office, starts_on=starts_on, ends_on=ends_on)
    user.forget_standing()
    term = {"starts_on": [None, starts_on], "ends_on": [None, ends_on]}
    record(target=held, action="appoint", by=by, changes={"office": ["", _label(appointment)], **term})
    notices.appointed(appointment)
    return appointment


@transaction.atomic
def extend_appointment(*, appointment: Appointment, by, ends_on: date | None) -> Appointment:
    """A later last day, or none. A term that is over is not revived: who returns is appointed anew."""
    locked = _running(appointment, by)
    if locked.ends_on is None or (ends_on is not None and ends_on <= locked.ends_on):
        raise ValidationError({"ends_on": _("The new last day must be later than the present one.")}, code="earlier")
    _refuse_overlap(locked.user, locked.body, locked.office, locked.starts_on, ends_on, besides=locked)
    _set_last_day(locked, ends_on, action="extend_term", by=by)
    notices.term_extended(locked)
    return locked


@transaction.atomic
def end_appointment(*, appointment: Appointment, by, on: date | None = None, reason: str = "") -> None:
    """`on` is the last day in office; without it the office ends at once. One that never began is struck out."""
    locked = _running(appointment, by)
    last_day = on or timezone.localdate() - timedelta(days=1)
    if locked.ends_on and last_day > locked.ends_on:
        raise ValidationError({"on": _("The term ends before that day anyway.")}, code="later")
    if last_day >= locked.starts_on:
        _set_last_day(locked, last_day, action="end_term", by=by, reason=reason)
        notices.term_ended(locked, reason=reason)
        return
    struck_out = _label(locked)
    locked.delete()
    locked.user.forget_standing()
    record(target=locked.body, action="end_term", by=by, changes={"office": [struck_out, ""]}, reason=reason)
    notices.appointment_withdrawn(locked, reason=reason)


def _set_last_day(appointment: Appointment, day: date | None, *, action: str, by, reason: str = "") -> None:
    changes: dict[str, list] = {
        "ends_on": [appointment.ends_on, day],
        "office": [_label(appointment), _label(appointment)],
    }
    appointment.ends_on = day
    appointment.save(update_fields=["ends_on", "updated_at"])
    appointment.user.forget_standing()
    record(target=appointment.body, action=action, by=by, changes=changes, reason=reason)


def _require_over(user: User, by) -> None:
    require(by, Permission.MANAGE_BODIES)
    if by.pk == user.pk:
        raise PermissionDenied("Nobody gives, extends or ends their own office.")


def _running(appointment: Appointment, by) -> Appointment:
    _require_over(appointment.user, by)
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("user", "body")
    locked = rows.filter(pk=appointment.pk).first()
    if locked is None or (locked.ends_on and locked.ends_on < timezone.localdate()):
        raise ValidationError(_("This term is over already."), code="over")
    return locked


def _refuse(user: User, body: Body, office: str, starts_on: date, ends_on: date | None) -> None:
    if body.dissolved_on:
        raise ValidationError(_("This body was dissolved."), code="dissolved")
    if not user.is_active:
        raise ValidationError({"user": _("This person's account is not in use.")}, code="inactive")
    if Role(office) not in offices_of(body):
        raise ValidationError({"office": _("There is no such office in this kind of body.")}, code="office")
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first.")}, code="term")
    _refuse_overlap(user, body, office, starts_on, ends_on)


def _refuse_overlap(user, body, office, starts_on, ends_on, besides: Appointment | None = None) -> None:
    same = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), user=user, body=body, office=office)
    if ends_on:
        same = same.filter(starts_on__lte=ends_on)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise ValidationError(_("This person holds the same office in that time already."), code="overlap")


def _label(appointment: Appointment) -> str:
    return f"{appointment.office}: person {appointment.user_id}"
