"""The bodies of the agency are set up, renamed and dissolved."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.models import Body
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record


@transaction.atomic
def create_body(*, by, kind: str, name_ko: str, name_en: str, remit: str = "") -> Body:
    require(by, Permission.MANAGE_BODIES)
    body = Body.objects.create(kind=kind, name_ko=name_ko, name_en=name_en, remit=remit)
    record(target=body, action="create", by=by, changes={"name_ko": ["", name_ko], "name_en": ["", name_en]})
    return body


@transaction.atomic
def edit_body(*, body: Body, by, name_ko: str, name_en: str, remit: str) -> Body:
    """The kind stays what it is: the offices of those who sit in it hang on it."""
    require(by, Permission.MANAGE_BODIES)
    locked = _standing(body)
    changes = differences(locked, {"name_ko": name_ko, "name_en": name_en, "remit": remit})
    locked.name_ko, locked.name_en, locked.remit = name_ko, name_en, remit
    locked.save()
    if changes:
        record(target=locked, action="edit", by=by, changes=changes)
    return locked


@transaction.atomic
def dissolve_body(*, body: Body, by, reason: str, on: date | None = None) -> Body:
    """From `on` (today) it stands no more, and its offices give no role; who sat in it stays on record."""
    require(by, Permission.MANAGE_BODIES)
    locked = _standing(body)
    if locked.appointments.in_force().filter(user=by).exists():
        raise ValidationError(_("You hold an office in it. Another administrator must dissolve it."), code="own")
    day = on or timezone.localdate()
    locked.dissolved_on = day
    locked.save(update_fields=["dissolved_on", "updated_at"])
    record(target=locked, action="dissolve", by=by, changes={"dissolved_on": [None, day]}, reason=reason)
    return locked


def _standing(body: Body) -> Body:
    locked = Body.objects.select_for_update().get(pk=body.pk)
    if locked.dissolved_on:
        raise ValidationError(_("This body was dissolved."), code="dissolved")
    return locked
