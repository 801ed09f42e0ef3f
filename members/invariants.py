"""What must hold among memberships and imports: told in sentences by `manage.py check_invariants`."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from members.importing import invariants as imports
from members.models import Membership, MembershipChange, MembershipPeriod, Organisation
from members.statuses import MembershipStatus
from members.table1 import Cell, changes_of_periods


def check() -> Iterator[str]:
    yield from _listing()
    yield from _open_periods()
    yield from _overlaps()
    yield from _changes()
    yield from _merged()
    yield from imports.check()


def _listing() -> Iterator[str]:
    active = Exists(Membership.objects.active().filter(organisation=OuterRef("pk")))
    for organisation in Organisation.objects.filter((Q(is_listed=True) & ~active) | (Q(is_listed=False) & active)):
        yield f"Organisation {organisation.pk} is listed without an active membership, or not listed with one."


def _open_periods() -> Iterator[str]:
    counting = Exists(MembershipPeriod.objects.open().filter(membership=OuterRef("pk")))
    is_active = Q(status=MembershipStatus.ACTIVE)
    for membership in Membership.objects.filter((is_active & ~counting) | (~is_active & counting)):
        yield f"Membership {membership.pk} is {membership.status}, and its open period says otherwise."


def _overlaps() -> Iterator[str]:
    later = MembershipPeriod.objects.filter(membership=OuterRef("membership"), starts_on__gte=OuterRef("starts_on"))
    later = later.exclude(pk=OuterRef("pk")).filter(Q(starts_on__lte=OuterRef("ends_on")))
    for period in MembershipPeriod.objects.filter(Exists(later)):
        yield f"Period {period.pk} of membership {period.membership_id} overlaps another one."
    for period in MembershipPeriod.objects.exclude(mini_cluster=F("membership__mini_cluster")):
        yield f"Period {period.pk} counts in another mini-cluster than its membership."


def _changes() -> Iterator[str]:
    kept: Counter[Cell] = Counter()
    rows = MembershipChange.objects.values_list("mini_cluster_id", "org_class", "month", "change")
    for mini_cluster, org_class, month, change in rows:
        kept[mini_cluster, org_class, month] += change
    counted = changes_of_periods()
    for cell in sorted(kept.keys() | counted.keys()):
        if kept[cell] != counted[cell]:
            mini_cluster, org_class, month = cell
            yield (
                f"Mini-cluster {mini_cluster}, {org_class}, {month:%Y-%m}: a change by {kept[cell]} is kept, "
                f"the periods say {counted[cell]}; run `manage.py count_memberships`."
            )


def _merged() -> Iterator[str]:
    for membership in Membership.objects.standing().filter(organisation__merged_into__isnull=False):
        yield f"Membership {membership.pk} stands with organisation {membership.organisation_id}, which was merged."
