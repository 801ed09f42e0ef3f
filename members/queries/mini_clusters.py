"""What a mini-cluster's page tells: who coordinates it, its members, its growth, and what waits."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.models import Appointment
from ecluster.accounts.permissions import Permission, Role
from ecluster.charts import LineChart, Series, line_chart
from members import table1
from members.belonging import current_affiliations
from members.models import Affiliation, Membership, MiniCluster, Organisation
from members.rules import coordinates

NEWEST = 5
YEARS_BY_MONTH = 3


@dataclass(frozen=True)
class Waiting:
    """What somebody should see to; only who may act on it is told."""

    applications: list[Membership]
    stale: list[Organisation]
    stale_number: int
    unmanaged: list[Organisation]
    unmanaged_number: int

    @property
    def is_nothing(self) -> bool:
        return not (self.applications or self.stale_number or self.unmanaged_number)


def figures(mini_cluster: MiniCluster) -> list[tuple[str, int, str]]:
    """(class, how many, the directory's list of them), and all of them last."""
    directory = reverse("members:organisation-list") + f"?mini_cluster={mini_cluster.slug}"
    row = table1.table(timezone.localdate()).row_of(mini_cluster)
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


def newest(mini_cluster: MiniCluster) -> list[Membership]:
    active = mini_cluster.memberships.active().select_related("organisation")
    return list(active.order_by("-status_since", "-pk")[:NEWEST])


def waiting(mini_cluster: MiniCluster, user) -> Waiting | None:
    if not (user.is_authenticated and user.may(Permission.REVIEW_MEMBERSHIP) and coordinates(user, mini_cluster)):
        return None
    applied = mini_cluster.memberships.awaiting_review().select_related("organisation").order_by("applied_on", "pk")
    members = Organisation.objects.listed().filter(
        Exists(mini_cluster.memberships.active().filter(organisation=OuterRef("pk")))
    )
    managers = Affiliation.objects.current().filter(organisation=OuterRef("pk"), is_manager=True)
    since: timedelta = Organisation.FRESH_FOR
    stale = members.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=timezone.localdate() - since))
    unmanaged = members.filter(~Exists(managers))
    return Waiting(
        applications=list(applied[: 2 * NEWEST]),
        stale=list(stale.order_by("confirmed_on", "pk")[:NEWEST]),
        stale_number=stale.count(),
        unmanaged=list(unmanaged.order_by("pk")[:NEWEST]),
        unmanaged_number=unmanaged.count(),
    )


def may_join_with(mini_cluster: MiniCluster, user) -> list[Organisation]:
    """The organisations that `user` manages and that don't stand in it: each joins in one click."""
    if not user.is_authenticated:
        return []
    managed = [a.organisation for a in current_affiliations(user) if a.is_manager and not a.organisation.merged_into_id]
    standing = (
        mini_cluster.memberships.standing().filter(organisation__in=managed).values_list("organisation", flat=True)
    )
    taken = set(standing) if managed else set()
    return [organisation for organisation in managed if organisation.pk not in taken]
