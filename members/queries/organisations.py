"""Reads of organisations that are bigger than a QuerySet method: what lists and exports tell of each."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.contact import audiences_of
from ecluster.export import Column
from ecluster.prepared import prepared
from members.belonging import own_organisation_ids
from members.models import Membership, Organisation, OrganisationClass, OrganisationProcess
from members.statuses import MembershipStatus


class Row(NamedTuple):
    """What the directory tells of an organisation."""

    pk: int
    name: str
    other_name: str
    org_class: str
    core_processes: list[str]
    mini_clusters: list[str]
    region: str
    confirmed_on: date | None


@prepared()
def directory() -> QuerySet:
    """What visitors see, and in a list everybody else too."""
    names = ("name_ko", "name_en", "region__name_ko", "region__name_en")
    return Organisation.objects.listed().values_list("pk", "org_class", "confirmed_on", *names)


def told(organisations: Sequence[tuple]) -> list[Row]:
    """The rows of `directory` in the reader's language; one query more for all."""
    in_korean = (get_language() or "").startswith("ko")
    marks = _marks([row[0] for row in organisations], in_korean)
    classes = _class_words(get_language())
    found = []
    for pk, org_class, confirmed_on, name_ko, name_en, *region in organisations:
        first, second = (name_ko, name_en) if in_korean else (name_en, name_ko)
        processes, mini_clusters = marks[pk]
        place = (region[0] if in_korean else region[1]) or ""
        other = second if first else ""
        found.append(Row(pk, first or second, other, classes[org_class], processes, mini_clusters, place, confirmed_on))
    return found


@cache
def _class_words(_language: str | None) -> dict[str, str]:
    return {org_class.value: capfirst(str(org_class.label)) for org_class in OrganisationClass}


def _marks(pks: list[int], in_korean: bool) -> dict[int, tuple[list[str], list[str]]]:
    """{organisation: (its core processes, its mini-clusters)}"""
    marks: dict[int, tuple[list[str], list[str]]] = {pk: ([], []) for pk in pks}
    for pk, part, name_ko, name_en in _mark_rows(pks=pks):
        marks[pk][part].append(name_ko if in_korean else name_en)
    return marks


@prepared(pks=BigIntegerField())
def _mark_rows(pks: list[int]) -> QuerySet:
    processes = OrganisationProcess.objects.filter(organisation__pk__in=pks, is_core=True).order_by()
    memberships = Membership.objects.active().filter(organisation__pk__in=pks).order_by()
    return (
        processes.annotate(part=Value(0))
        .values_list("organisation_id", "part", "process__name_ko", "process__name_en")
        .union(
            memberships.annotate(part=Value(1)).values_list(
                "organisation_id", "part", "mini_cluster__name_ko", "mini_cluster__name_en"
            ),
            all=True,
        )
        .order_by("organisation_id", "part", "process__name_en")
    )


def for_export(organisations: QuerySet) -> QuerySet:
    return organisations.select_related("region").prefetch_related(
        "processes__process", "materials__material", "certificates__certificate", "memberships__mini_cluster"
    )


def export_columns(viewer) -> list[Column]:
    """What `viewer` sees of each organisation, as the columns of a sheet."""
    audiences = audiences_of(viewer)
    own = own_organisation_ids(viewer) if viewer.is_authenticated else set()

    def contact(name: str):
        return lambda o: getattr(o, name) if o.contact_audience in audiences or o.pk in own else ""

    return [
        Column(_("Name in Korean"), "name_ko"),
        Column(_("Name in English"), "name_en"),
        Column(_("Class"), lambda o: o.get_org_class_display()),
        Column(_("Mini-clusters"), lambda o: [str(m.mini_cluster) for m in o.memberships.all() if _is_active(m)]),
        Column(_("Core processes"), lambda o: [str(row) for row in o.processes.all() if row.is_core]),
        Column(_("Other processes"), lambda o: [str(row) for row in o.processes.all() if not row.is_core]),
        Column(_("Materials"), lambda o: list(o.materials.all())),
        Column(_("Certificates"), lambda o: list(o.certificates.all())),
        Column(_("Region"), lambda o: o.region),
        Column(_("Founded in"), "founded_year"),
        Column(_("Persons employed"), "employees"),
        Column(_("Website"), "website"),
        Column(_("Contact person"), contact("contact_name")),
        Column(_("Contact e-mail"), contact("contact_email")),
        Column(_("Contact telephone"), contact("contact_phone")),
        Column(_("Confirmed on"), "confirmed_on"),
    ]


def _is_active(membership: Membership) -> bool:
    return membership.status == MembershipStatus.ACTIVE


def members_named(names: Iterable[str]) -> dict[str, Organisation]:
    """The listed organisations that write themselves, in either language, as one of `names`; {name: organisation}."""
    wanted = set(names)
    found = Organisation.objects.listed().filter(Q(name_ko__in=wanted) | Q(name_en__in=wanted)).order_by("-pk")
    return {name: row for row in found for name in (row.name_ko, row.name_en) if name in wanted}
