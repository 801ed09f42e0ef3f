"""The coordinators' list of memberships: whose turn it is, oldest first, and how many of each sort there are."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.facets import Choice, Facet, FilterPanel, filter_panel
from members.models import Membership, MiniCluster, OrganisationClass
from members.querysets.memberships import MembershipQuerySet
from members.rules import coordinates
from members.statuses import MembershipStatus

# Filter -> the column it is about.
FILTERS = {"status": "status", "mini_cluster": "mini_cluster__slug", "class": "organisation__org_class"}


@dataclass(frozen=True)
class Desk:
    rows: MembershipQuerySet
    panel: FilterPanel
    total: int


def desk(params: QueryDict, user) -> Desk:
    """Those that `params` leave, one's own mini-clusters first, who waits longest first."""
    mini_clusters = list(MiniCluster.objects.visible_to(user))
    everything = Membership.objects.visible_to(user)
    if text := params.get("q", "").strip():
        everything = everything.filter(
            Q(organisation__name_ko__icontains=text) | Q(organisation__name_en__icontains=text)
        )
    chosen = {name: set(params.getlist(name)) for name in FILTERS}
    counts = list(everything.order_by().values_list(*FILTERS.values()).annotate(Count("pk")))
    rows = everything
    for name, column in FILTERS.items():
        if chosen[name]:
            rows = rows.filter(**{f"{column}__in": chosen[name]})
    own = [m.pk for m in mini_clusters if coordinates(user, m)]
    return Desk(
        rows=_ordered(rows, own),
        panel=filter_panel(params, _facets(counts, chosen, mini_clusters)),
        total=sum(n for *values, n in counts if _is_chosen(values, chosen)),
    )


def days_waiting(membership: Membership) -> int:
    return (timezone.localdate() - membership.applied_on).days


def _ordered(rows: MembershipQuerySet, own: list[int]) -> MembershipQuerySet:
    is_other = Case(When(mini_cluster__in=own, then=Value(False)), default=Value(True), output_field=BooleanField())
    return (
        rows.annotate(with_other=is_other)
        .select_related("organisation", "mini_cluster")
        .order_by("with_other", "applied_on", "pk")
    )


def _facets(counts: list[tuple], chosen: dict[str, set], mini_clusters: list[MiniCluster]) -> list[Facet]:
    labels: dict[str, tuple[str, list]] = {
        "status": (_("Status"), MembershipStatus.choices),
        "mini_cluster": (_("Mini-cluster"), [(m.slug, m.name) for m in mini_clusters]),
        "class": (_("Class"), OrganisationClass.choices),
    }
    return [
        Facet(name, label, [Choice(value, word, _under_others(counts, chosen, name)[value]) for value, word in choices])
        for name, (label, choices) in labels.items()
    ]


def _under_others(counts: list[tuple], chosen: dict[str, set], name: str) -> Counter:
    """How many each choice of `name` would leave under what is chosen elsewhere."""
    others = {other: values for other, values in chosen.items() if other != name}
    at = list(FILTERS).index(name)
    totals: Counter = Counter()
    for *values, number in counts:
        if _is_chosen(values, others):
            totals[values[at]] += number
    return totals


def _is_chosen(values: list, chosen: dict[str, set]) -> bool:
    return all(not chosen.get(name) or value in chosen[name] for name, value in zip(FILTERS, values, strict=True))
