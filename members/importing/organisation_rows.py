"""What a row about an organisation would change, and the actions that change it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from members.actions import memberships, organisations
from members.importing.matching import Identities, Identity, known_among
from members.importing.rows import Planner, Row
from members.models import ClusterRole, Organisation, OrganisationClass
from members.statuses import MembershipStatus

FACTS = (
    *("org_class", "name_ko", "name_en", "registration_number", "external_id", "summary_ko", "summary_en"),
    *("founded_year", "employees", "region", "address_ko", "address_en", "website"),
    *("contact_name", "contact_email", "contact_phone"),
)
# The lists of a profile: the field by which each row names its term.
LISTS = {
    "processes": "process",
    "materials": "material",
    "certificates": "certificate",
    "technologies": "technology",
}
_STANDING = {MembershipStatus.APPLIED, MembershipStatus.ACTIVE, MembershipStatus.SUSPENDED}


class OrganisationPlanner(Planner):
    def label(self, row: Row) -> str:
        return row.values.get("name_ko") or row.values.get("name_en") or ""

    def match(self, rows: list[Row]) -> None:
        sound = [(row, _identity(row)) for row in rows if not row.problems]
        known, seen = known_among(identity for _row, identity in sound), Identities()
        row_of: dict[int, int] = {}  # the organisation -> the row that is about it
        for row, identity in sound:
            found = known.same_as(identity)
            if len(found) > 1:
                row.is_wrong(self._ambiguous(found))
                continue
            row.target_id = next(iter(found), None)
            earlier = seen.same_as(identity) or {row_of.get(row.target_id or 0, 0)} - {0}
            if earlier:
                row.is_wrong(_("Row %(row)s is about the same organisation.") % {"row": min(earlier)})
            seen.add(identity)
            if row.target_id:
                row_of.setdefault(row.target_id, row.number)

    def _ambiguous(self, found: set[int]) -> str:
        names = Organisation.objects.filter(pk__in=found).order_by("pk")[:4]
        told = "; ".join(f"{organisation} ({organisation.pk})" for organisation in names)
        return _("It may be any of these: %(names)s. A registration number would tell which.") % {"names": told}

    def compare(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        keys = {key for row in rows for key in row.values}
        there = _read([row.target_id for row in rows if row.target_id], keys)
        for row in rows:
            organisation = there.get(row.target_id) if row.target_id else None
            row.changes = list(self._changes(row.values, organisation or Organisation(), is_new=organisation is None))

    def _changes(self, values: dict[str, Any], organisation: Organisation, *, is_new: bool) -> Iterator:
        for key in FACTS:
            if key in values and values[key] != getattr(organisation, key):
                yield self.heading(key), _shown(key, getattr(organisation, key)), _shown(key, values[key])
        for key in (name for name in ("core_processes", *LISTS, "industries") if name in values):
            old = [] if is_new else _named(organisation, key)
            if new := [term for term in values[key] if term not in old and not _is_told(key, term, values)]:
                yield self.heading(key), _listed(old), _listed([*old, *new])
        member_of = {} if is_new or "mini_clusters" not in values else _standing(organisation)
        if joins := [c for c in values.get("mini_clusters", []) if _joins(member_of.get(c.pk))]:
            active = [c for c in values["mini_clusters"] if c not in joins]
            yield self.heading("mini_clusters"), _listed(active), _listed([*active, *joins])

    def load(self, row: Row) -> None:
        if row.target_id is None:
            details = {key: row.values[key] for key in FACTS if key in row.values} | _new_lists(row.values)
            organisation = organisations.create(by=self.by, confirmed_on=None, **details)
        else:
            organisation = Organisation.objects.get(pk=row.target_id)
            details = self._changed(row.values, organisation)
            if details:
                organisations.update(
                    organisation=organisation, by=self.by, confirmed_on=organisation.confirmed_on, **details
                )
        self._load_memberships(row, organisation)

    def _changed(self, values: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
        facts = {key: values[key] for key in FACTS if key in values and values[key] != getattr(organisation, key)}
        return facts | _added_lists(organisation, values)

    def _load_memberships(self, row: Row, organisation: Organisation) -> None:
        since, clusters = row.values.get("member_since"), row.values.get("mini_clusters", [])
        member_of = _standing(organisation) if clusters else {}
        for mini_cluster in clusters:
            membership = member_of.get(mini_cluster.pk)
            if membership is None:
                role = row.values.get("cluster_role", ClusterRole.SME)
                memberships.enrol(organisation=organisation, mini_cluster=mini_cluster, by=self.by, on=since, role=role)
            elif _joins(membership):
                memberships.approve(membership=membership, by=self.by, on=since)


def _identity(row: Row) -> Identity:
    number, external = row.values.get("registration_number"), row.values.get("external_id")
    return Identity.of(row.number, number, external, row.values.get("name_ko", ""), row.values.get("name_en", ""))


def _read(ids: list[int], keys: set[str]) -> dict[int, Organisation]:
    """With those lists that the rows speak of."""
    lists = [f"{name}__{field}" for name, field in LISTS.items() if name in keys]
    lists += ["processes__process"] if "core_processes" in keys else []
    lists += ["industries"] if "industries" in keys else []
    lists += ["memberships"] if "mini_clusters" in keys else []
    return Organisation.objects.select_related("region").prefetch_related(*dict.fromkeys(lists)).in_bulk(ids)


def _named(organisation: Organisation, key: str) -> list:
    if key == "industries":
        return list(organisation.industries.all())
    if key == "core_processes":
        return [row.process for row in organisation.processes.all() if row.is_core]
    return [getattr(row, LISTS[key]) for row in getattr(organisation, key).all()]


def _is_told(key: str, term, values: dict[str, Any]) -> bool:
    """A core process is in the list of processes without being named there again."""
    return key == "processes" and term in values.get("core_processes", [])


def _standing(organisation: Organisation) -> dict[int, Any]:
    return {m.mini_cluster_id: m for m in organisation.memberships.all() if m.status in _STANDING}


def _joins(membership) -> bool:
    return membership is None or membership.status == MembershipStatus.APPLIED


def _new_lists(values: dict[str, Any]) -> dict[str, list]:
    lists = {name: [{field: term} for term in values[name]] for name, field in LISTS.items() if name in values}
    core = values.get("core_processes", [])
    if core or "processes" in values:
        supplementary = [term for term in values.get("processes", []) if term not in core]
        lists["processes"] = [{"process": term, "is_core": True} for term in core]
        lists["processes"] += [{"process": term, "is_core": False} for term in supplementary]
    return lists | ({"industries": values["industries"]} if "industries" in values else {})


def _added_lists(organisation: Organisation, values: dict[str, Any]) -> dict[str, list]:
    """Whole lists, as the action takes them: what is there stays as it is, what the row adds comes after it."""
    lists: dict[str, list] = {}
    for name, wanted in _new_lists(values).items():
        if name == "industries":
            there = _named(organisation, name)
            added = [term for term in wanted if term not in there]
            lists |= {name: [*there, *added]} if added else {}
        elif rows := _added_rows(organisation, name, wanted):
            lists[name] = rows
    return lists


def _added_rows(organisation: Organisation, name: str, wanted: list[dict]) -> list[dict]:
    field = LISTS[name]
    there = {getattr(row, f"{field}_id"): row for row in getattr(organisation, name).all()}
    core = {row["process"].pk for row in wanted if row.get("is_core")} if name == "processes" else set()
    raised = [pk for pk in core if pk in there and not there[pk].is_core]
    added = [row for row in wanted if row[field].pk not in there]
    if not (added or raised):
        return []
    kept = [{"pk": row.pk} | ({"is_core": True} if pk in raised else {}) for pk, row in there.items()]
    return [*kept, *added]


def _shown(key: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    return str(OrganisationClass(value).label) if key == "org_class" else str(value)


def _listed(things: Iterable) -> str:
    return ", ".join(str(thing) for thing in things)
