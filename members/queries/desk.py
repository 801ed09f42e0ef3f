"""The coordinators' list of memberships: whose turn it is, oldest first, and how many of each sort there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CharField, Count, Q, QuerySet, Value, When
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ecluster.facets import Choice, Facet, FilterPanel, filter_panel
from ecluster.pagination import Page, parted_page
from ecluster.prepared import prepared
from ecluster.search.engine import Total
from ecluster.tones import tone_of
from members.models import Membership, MiniCluster, OrganisationClass
from members.querysets.memberships import MembershipQuerySet
from members.reading import READER, Reader, asked_by
from members.rules import coordinates
from members.statuses import MembershipStatus

# Filter -> the column it is about.
FILTERS = {"status": "status", "mini_cluster": "mini_cluster__slug", "class": "organisation__org_class"}
EXACT = 1_000  # so many memberships are counted; where there are more, so many of each sort

Counts = dict[str, dict[str, Total]]


class Row(NamedTuple):
    pk: int
    name: str
    other_name: str
    org_class: str
    mini_cluster: str
    status: str
    tone: str
    applied_on: date
    waits: str  # for how long; blank where it doesn't wait, or since today


@dataclass(frozen=True)
class Desk:
    page: Page
    rows: list[Row]
    panel: FilterPanel
    total: Total


def desk(request: HttpRequest) -> Desk:
    """What the address leaves of all memberships, one's own mini-clusters first, who waits longest first."""
    params, user = request.GET, request.user
    mini_clusters = _mini_clusters()
    asked = _asked_in(params) | asked_by(user)
    total, counts = _counted(asked)
    own = [m.pk for m in mini_clusters if coordinates(user, m)]
    page = _page(request, asked, own, [m.pk for m in mini_clusters if m.pk not in own])
    panel = filter_panel(params, _facets(counts, mini_clusters))
    return Desk(page, _told(page.rows, {m.pk: m.name for m in mini_clusters}), panel, total)


def to_export(params: QueryDict, user) -> MembershipQuerySet:
    """The same rows in the same order, whole."""
    own = [m.pk for m in MiniCluster.objects.visible_to(user) if coordinates(user, m)]
    is_other = Case(When(mini_cluster__in=own, then=Value(False)), default=Value(True), output_field=BooleanField())
    rows = _answering(Membership.objects.visible_to(user), **_asked_in(params)).annotate(with_other=is_other)
    return rows.select_related("organisation", "mini_cluster").order_by("with_other", "applied_on", "pk")


def days_waiting(membership: Membership) -> int:
    return (timezone.localdate() - membership.applied_on).days


def _asked_in(params: QueryDict) -> dict[str, list[str]]:
    text = params.get("q", "").strip()
    return {"text": [text] if text else []} | {name: sorted(set(params.getlist(name))) for name in FILTERS}


def _answering(rows: MembershipQuerySet, *, text: list, **chosen: list) -> MembershipQuerySet:
    for words in text:
        rows = rows.filter(Q(organisation__name_ko__icontains=words) | Q(organisation__name_en__icontains=words))
    for name, column in FILTERS.items():
        if chosen[name]:
            rows = rows.filter(**{f"{column}__in": chosen[name]})
    return rows


_ASKED = {name: CharField() for name in ("text", *FILTERS)} | READER


def _visible(*, reader_pk, own, is_authenticated, permissions, **asked) -> MembershipQuerySet:
    reader = Reader(reader_pk, own, is_authenticated, permissions)
    return _answering(Membership.objects.visible_to(reader), **asked).order_by()


# --- Rows ---------------------------------------------------------------------------------------------------


def _page(request: HttpRequest, asked: dict[str, Any], own: list[int], others: list[int]) -> Page:
    parts = [tuple(own), tuple(others)] if own and others else [None]  # all alike
    return parted_page(request, _rows, [asked | {"among": part} for part in parts], ("applied_on", "pk"))


@prepared(**_ASKED)
def _rows(among: tuple[int, ...] | None, **asked: Any) -> QuerySet:
    names = ("organisation__name_ko", "organisation__name_en", "organisation__org_class")
    rows = _visible(**asked) if among is None else _visible(**asked).filter(mini_cluster__in=among)
    return rows.values_list("pk", *names, "mini_cluster_id", "status", "applied_on")


def _told(rows: Iterable[tuple], mini_clusters: Mapping[int, str]) -> list[Row]:
    in_korean = (get_language() or "").startswith("ko")
    statuses, classes = _words(MembershipStatus.choices), _words(OrganisationClass.choices)
    today = timezone.localdate()
    found = []
    for pk, name_ko, name_en, org_class, mini_cluster, status, applied_on in rows:
        first, second = (name_ko, name_en) if in_korean else (name_en, name_ko)
        names = (first or second, second if first else "")
        days = (today - applied_on).days if status == MembershipStatus.APPLIED else 0
        waits = ngettext("waits %(days)s day", "waits %(days)s days", days) % {"days": days} if days else ""
        sort = (classes[org_class], mini_clusters[mini_cluster], statuses[status], tone_of(status))
        found.append(Row(pk, *names, *sort, applied_on, waits))
    return found


def _words(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


# --- Filters ------------------------------------------------------------------------------------------------


@prepared()
def _mini_clusters() -> QuerySet:
    return MiniCluster.objects.all()  # which are public


def _facets(counts: Counts, mini_clusters: list[MiniCluster]) -> list[Facet]:
    labels: dict[str, tuple[str, list]] = {
        "status": (_("Status"), MembershipStatus.choices),
        "mini_cluster": (_("Mini-cluster"), [(m.slug, m.name) for m in mini_clusters]),
        "class": (_("Class"), OrganisationClass.choices),
    }
    return [
        Facet(name, label, [Choice(value, str(word), *counts[name][value]) for value, word in choices])
        for name, (label, choices) in labels.items()
    ]


def _counted(asked: dict[str, Any]) -> tuple[Total, Counts]:
    """How many there are, and how many each choice would leave under what is chosen elsewhere."""
    cells = _cells(limit=EXACT + 1, **asked | {name: [] for name in FILTERS})
    if sum(number for *_values, number in cells) > EXACT:
        return _counted_in_samples(asked)
    chosen = {name: set(asked[name]) for name in FILTERS}
    total = sum(number for *values, number in cells if _is_chosen(values, chosen))
    return Total(total), {name: _under_others(cells, chosen, name) for name in FILTERS}


@prepared(**_ASKED)
def _cells(limit: int, **asked: Any) -> QuerySet:
    return _first(limit, _visible(**asked)).values_list(*FILTERS.values()).annotate(Count("pk"))


def _first(limit: int, rows: MembershipQuerySet) -> MembershipQuerySet:
    return Membership.objects.filter(pk__in=rows.values("pk")[:limit]).order_by()


def _under_others(cells: list[tuple], chosen: dict[str, set], name: str) -> dict[str, Total]:
    others = {other: values for other, values in chosen.items() if other != name}
    at = list(FILTERS).index(name)
    totals: Counter = Counter()
    for *values, number in cells:
        if _is_chosen(values, others):
            totals[values[at]] += number
    return defaultdict(lambda: Total(0), {value: Total(number) for value, number in totals.items()})


def _is_chosen(values: list, chosen: dict[str, set]) -> bool:
    return all(not chosen.get(name) or value in chosen[name] for name, value in zip(FILTERS, values, strict=True))


def _counted_in_samples(asked: dict[str, Any]) -> tuple[Total, Counts]:
    """As the search counts: each sort in the first EXACT of those that the other filters leave."""
    chosen = [name for name in FILTERS if asked[name]]
    total, counts = _in_sample([name for name in FILTERS if name not in chosen] or chosen, asked)
    for name in chosen:
        counts |= _in_sample([name], asked | {name: []})[1]
    return total, counts


def _in_sample(facets: list[str], asked: dict[str, Any]) -> tuple[Total, Counts]:
    rows = _sample(limit=EXACT + 1, facets=tuple(facets), **asked)
    size = sum(number for *_values, number in rows)
    capped = size > EXACT
    counts: Counts = {facet: defaultdict(lambda: Total(0, capped)) for facet in facets}
    for *values, number in rows:
        for facet, value in zip(facets, values, strict=True):
            counts[facet][value] = Total(min(counts[facet][value].number + number, EXACT), capped)
    return Total(min(size, EXACT), capped), counts


@prepared(**_ASKED)
def _sample(limit: int, facets: tuple[str, ...], **asked: Any) -> QuerySet:
    columns = [FILTERS[facet] for facet in facets]
    return _first(limit, _visible(**asked)).values_list(*columns).annotate(Count("pk"))
