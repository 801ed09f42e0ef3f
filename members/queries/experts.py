"""Reads of experts that are bigger than a QuerySet method: what lists and exports tell of each."""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.access import can
from ecluster.accounts.contact import contact_of
from ecluster.accounts.permissions import Permission
from ecluster.export import Column
from members.languages import language_names
from members.models import Expert


def pool(viewer) -> QuerySet[Expert]:
    """Those of the pool that `viewer` may know, with all that a row tells, and `sort_name` in the reader's language."""
    first, second = ("ko", "en") if (get_language() or "").startswith("ko") else ("en", "ko")
    name = Coalesce(NullIf(f"user__name_{first}", Value("")), f"user__name_{second}")
    visible = Expert.objects.visible_to(viewer).in_pool().with_load().annotate(sort_name=Lower(name))
    return visible.select_related("user", "organisation").prefetch_related("specialities")


def export_columns(viewer) -> list[Column]:
    """What `viewer` sees of each expert, as the columns of a sheet."""
    columns = [
        Column(_("Name in Korean"), "user.name_ko"),
        Column(_("Name in English"), "user.name_en"),
        Column(_("In one line"), "headline"),
        Column(_("Workplace"), "workplace"),
        Column(_("Position"), "position"),
        Column(_("Fields"), lambda expert: [field.label for field in expert.fields]),
        Column(_("Specialities"), lambda expert: list(expert.specialities.all())),
        Column(_("Languages"), lambda expert: language_names(expert.languages)),
        Column(_("Availability"), lambda expert: expert.get_availability_display()),
        Column(_("Away until"), "away_until"),
        Column(_("E-mail"), lambda expert: contact_of(expert.user, viewer).email),
        Column(_("Telephone"), lambda expert: contact_of(expert.user, viewer).phone),
    ]
    return columns + (_members_columns() if can(viewer, Permission.VIEW_MEMBERS_SIDE) else [])


def _members_columns() -> list[Column]:
    return [
        Column(_("At work on"), "load"),
        Column(_("At most"), "limit"),
        Column(_("Cases helped with"), "helped"),
        Column(_("Mean rating, 1 to 5"), _rating),
    ]


def _rating(expert: Any) -> float | None:
    return None if expert.rating is None else round(expert.rating, 2)
