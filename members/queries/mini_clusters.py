"""What a mini-cluster's page tells: who coordinates it, its members, its growth, and what waits."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.models import Appointment
from ecluster.accounts.permissions import Permission, Role
from ecluster.charts import LineChart, Series, line_chart
from members import table1
from members.belonging import current_affiliations, managed_organisation_ids
from members.models import Affiliation, Membership, MembershipPeriod, MiniCluster, Organisation
from members.querysets.organisations import OrganisationQuerySet
from members.rules import coordinates
from members.statuses import MembershipStatus

NEWEST = 5
SHOWN_WAITING = 8
YEARS_BY_MONTH = 3


@dataclass(frozen=True)
class Waiting:
    """What somebody should see to; only who may act on it is told.

    `profiles` are the first of those that nobody confirmed for a year or that have no manager, each with `is_stale`
    and `is_unmanaged`; the numbers count them all.
    """

    applications: list[Membership]
    profiles: list[Organisation]
    stale_number: int = 0
    unmanaged_number: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.applications or self.profiles)


def figures(mini_cluster: MiniCluster) -> list[tuple[str, int, str]]:
    """(class, how many, the directory's list of them), and all of them last."""
    directory = reverse("members:organisation-list") + f"?mini_cluster={mini_cluster.slug}"
    row = table1.row_of(mini_cluster, timezone.localdate())
    classes = [(str(c.label), number, f"{directory}&class={c.value}") for c, number in row.cells]
    return [*classes, (_("Members"), row.total, directory)]


def growth_chart(mini_cluster: MiniCluster | None = None, *, until=None) -> LineChart:
    """By month while young, by quarter when the months would crowd the chart."""
    until = until or timezone.localdate()
    grown = table1.growth(until=until, mini_cluster=mini_cluster)
    if len(grown.days) > 12 * YEARS_BY_MONTH:
        grown = grown.by_quarter()
    labels = [day.strftime("%Y-%m") for day in grown.days]
    return line_chart(_("Growth"), labels, [Series(_("memberships"), grown.numbers)], unit=_("memberships"))


def coordinators(mini_cluster: MiniCluster, user) -> list[Appointment]:
    """Who is in office in its team today, as far as `user` may know."""
    if mini_cluster.team is None:
        return []
    terms = Appointment.objects.visible_to(user).in_force().filter(body=mini_cluster.team, office=Role.COORDINATOR)
    return list(terms.select_related("user").order_by("starts_on", "pk"))


def newest(mini_cluster: MiniCluster) -> list[MembershipPeriod]:
    """With what its active memberships began to count, the latest first."""
    begun = mini_cluster.periods.beginnings().filter(membership__status=MembershipStatus.ACTIVE)
    return list(begun.select_related("membership__organisation").order_by("-starts_on", "-pk")[:NEWEST])


def waiting(mini_cluster: MiniCluster, user) -> Waiting | None:
    if not (user.is_authenticated and user.may(Permission.REVIEW_MEMBERSHIP) and coordinates(user, mini_cluster)):
        return None
    applied = mini_cluster.memberships.awaiting_review().select_related("organisation").order_by("applied_on", "pk")
    applications, profiles = list(applied[:SHOWN_WAITING]), list(_to_look_after(mini_cluster)[:SHOWN_WAITING])
    if not profiles:
        return Waiting(applications, [])
    return Waiting(applications, profiles, profiles[0].stale_number, profiles[0].unmanaged_number)


def _to_look_after(mini_cluster: MiniCluster) -> OrganisationQuerySet:
    """Who has no manager and was confirmed longest ago comes first; each row bears the numbers of all."""
    memberships = mini_cluster.memberships.active().filter(organisation=OuterRef("pk"))
    managers = Affiliation.objects.current().filter(organisation=OuterRef("pk"), is_manager=True)
    last_fresh_day = timezone.localdate() - Organisation.FRESH_FOR
    return (
        Organisation.objects.listed()
        .filter(Exists(memberships))
        .annotate(
            is_stale=Q(confirmed_on=None) | Q(confirmed_on__lt=last_fresh_day),
            is_unmanaged=~Exists(managers),
        )
        .filter(Q(is_stale=True) | Q(is_unmanaged=True))
        .annotate(
            stale_number=Window(Count("pk", filter=Q(is_stale=True))),
            unmanaged_number=Window(Count("pk", filter=Q(is_unmanaged=True))),
        )
        .order_by("-is_unmanaged", F("confirmed_on").asc(nulls_first=True), "pk")
    )


def may_join_with(mini_cluster: MiniCluster, user) -> list[Organisation]:
    """The organisations that `user` manages and that don't stand in it: each joins in one click."""
    if not user.is_authenticated or not managed_organisation_ids(user):
        return []
    managed = [a.organisation for a in current_affiliations(user) if a.is_manager and not a.organisation.merged_into_id]
    standing = (
        mini_cluster.memberships.standing().filter(organisation__in=managed).values_list("organisation", flat=True)
    )
    taken = set(standing) if managed else set()
    return [organisation for organisation in managed if organisation.pk not in taken]
