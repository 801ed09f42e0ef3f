"""What a mini-cluster's page tells: who coordinates it, its members, its growth, and what waits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.accounts.models import Appointment
from ecluster.accounts.permissions import Permission, Role
from ecluster.charts import LineChart, Series, line_chart
from ecluster.prepared import prepared
from members import table1
from members.belonging import current_affiliations, managed_organisation_ids
from members.models import Affiliation, Goal, Membership, MembershipPeriod, MiniCluster, Organisation
from members.reading import READER, Reader, asked_by
from members.rules import coordinates
from members.statuses import MembershipStatus

NEWEST = 5
SHOWN_WAITING = 8
LOOKED_THROUGH = 500  # profiles to look after
YEARS_BY_MONTH = 3
NEVER = date(1, 1, 1)
_GOAL = ("goal_ko", "goal_en", "strategy_ko", "strategy_en", "grounds_ko", "grounds_en", "set_on")


def found(slug: str, user) -> MiniCluster | None:
    return next(iter(_visible(slug=slug, **asked_by(user))), None)


@prepared(slug=CharField(), **READER)
def _visible(slug, **reader) -> QuerySet:
    return MiniCluster.objects.visible_to(Reader(**reader)).filter(slug=slug)


def found_with_goals(slug: str, user) -> tuple[MiniCluster, list[Goal]] | None:
    """The one in force first; all in one query, a row a goal."""
    rows = _visible_with_goals(slug=slug, **asked_by(user))
    return (rows[0], [_goal(row) for row in rows if row.its_pk]) if rows else None


@prepared(slug=CharField(), **READER)
def _visible_with_goals(slug, **reader) -> QuerySet:
    facts = {f"its_{name}": F(f"goals__{name}") for name in ("pk", *_GOAL)}
    return _visible.build(slug, **reader).annotate(**facts).order_by("-goals__set_on", "-goals__pk")


def _goal(row) -> Goal:
    facts = {name: getattr(row, f"its_{name}") for name in ("pk", *_GOAL)}
    return Goal(mini_cluster=row, **facts)


def figures(row: table1.Row) -> list[tuple[str, int, str]]:
    """(class, how many, the directory's list of them), and all of them last."""
    directory = f"{reverse('members:organisation-list')}?mini_cluster={row.mini_cluster.slug}"  # type: ignore[union-attr]
    classes = [(str(c.label), number, f"{directory}&class={c.value}") for c, number in row.cells]
    return [*classes, (_("Members"), row.total, directory)]


def growth_chart(grown: table1.Growth) -> LineChart:
    """By month while young, by quarter when the months would crowd the chart."""
    if len(grown.days) > 12 * YEARS_BY_MONTH:
        grown = grown.by_quarter()
    labels = [f"{day:%Y-%m}" for day in grown.days]
    return line_chart(_("Growth"), labels, [Series(_("memberships"), grown.numbers)], unit=_("memberships"))


def coordinators(mini_cluster: MiniCluster, user) -> list[Appointment]:
    """Who is in office in its team today, as far as `user` may know."""
    if mini_cluster.team_id is None:
        return []
    return _coordinators(team=mini_cluster.team_id, day=timezone.localdate(), **asked_by(user))


@prepared(team=BigIntegerField(), day=DateField(), **READER)
def _coordinators(team, day, **reader) -> QuerySet:
    terms = Appointment.objects.visible_to(Reader(**reader)).in_force(on=day)
    return terms.filter(body=team, office=Role.COORDINATOR).select_related("user").order_by("starts_on", "pk")


def newest(mini_cluster: MiniCluster) -> list[MembershipPeriod]:
    """With what its active memberships began to count, the latest first; of the organisation its name."""
    return _newest(pk=mini_cluster.pk)


@prepared(pk=BigIntegerField())
def _newest(pk) -> QuerySet:
    begun = MembershipPeriod.objects.filter(mini_cluster=pk).beginnings()
    return (
        begun.filter(membership__status=MembershipStatus.ACTIVE)
        .select_related("membership__organisation")
        .only("starts_on", "membership__organisation__name_ko", "membership__organisation__name_en")
        .order_by("-starts_on", "-pk")[:NEWEST]
    )


# --- What waits -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """What somebody should see to; only who may act on it is told.

    `profiles` are the first of those that nobody confirmed for a year or that have no manager, each with `is_stale`
    and `is_unmanaged`; the numbers count them all, up to LOOKED_THROUGH.
    """

    applications: list[Membership]
    profiles: list[Organisation]
    stale_number: int = 0
    unmanaged_number: int = 0
    is_capped: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.applications or self.profiles)

    @property
    def reasons(self) -> list[str]:
        stale, unmanaged = self.stale_number, self.unmanaged_number
        told = [
            (stale, ngettext("%(number)s not confirmed for a year", "%(number)s not confirmed for a year", stale)),
            (unmanaged, ngettext("%(number)s without a manager", "%(number)s without a manager", unmanaged)),
        ]
        return [text % {"number": f"{n:,}{'+' if self.is_capped else ''}"} for n, text in told if n]


def waiting(mini_cluster: MiniCluster, user) -> Waiting | None:
    if not (user.is_authenticated and user.may(Permission.REVIEW_MEMBERSHIP) and coordinates(user, mini_cluster)):
        return None
    today = timezone.localdate()
    last_fresh_day = today - Organisation.FRESH_FOR
    applications = _applications(pk=mini_cluster.pk)
    rows = _to_look_after(pk=mini_cluster.pk, day=today, last_fresh_day=last_fresh_day, never=NEVER)
    is_capped = len(rows) > LOOKED_THROUGH
    rows = sorted(rows[:LOOKED_THROUGH])  # who has no manager and was confirmed longest ago comes first
    return Waiting(
        applications,
        [_profile(row, last_fresh_day) for row in rows[:SHOWN_WAITING]],
        stale_number=len([day for _managed, day, *_names in rows if day < last_fresh_day]),
        unmanaged_number=len([is_managed for is_managed, *_others in rows if not is_managed]),
        is_capped=is_capped,
    )


@prepared(pk=BigIntegerField())
def _applications(pk) -> QuerySet:
    applied = Membership.objects.awaiting_review().filter(mini_cluster=pk).select_related("organisation")
    named = applied.only("applied_on", "organisation__name_ko", "organisation__name_en")
    return named.order_by("applied_on", "pk")[:SHOWN_WAITING]


@prepared(pk=BigIntegerField(), day=DateField(), last_fresh_day=DateField(), never=DateField())
def _to_look_after(pk, day, last_fresh_day, never) -> QuerySet:
    """Rows of (is managed, confirmed on, key, names), in no order: beyond LOOKED_THROUGH they are not gone through."""
    managers = Affiliation.objects.current(on=day).managers().filter(organisation=OuterRef("pk"))
    active = {"memberships__mini_cluster": pk, "memberships__status": MembershipStatus.ACTIVE}
    return (
        Organisation.objects.listed()
        .filter(**active)
        .order_by()
        .annotate(is_managed=Exists(managers), day=Coalesce("confirmed_on", never))
        .filter(Q(day__lt=last_fresh_day) | Q(is_managed=False))
        .values_list("is_managed", "day", "pk", "name_ko", "name_en")[: LOOKED_THROUGH + 1]
    )


def _profile(row: tuple, last_fresh_day: date) -> Organisation:
    is_managed, day, pk, name_ko, name_en = row
    profile = Organisation(pk=pk, name_ko=name_ko, name_en=name_en, confirmed_on=None if day == NEVER else day)
    profile.is_stale, profile.is_unmanaged = day < last_fresh_day, not is_managed  # type: ignore[attr-defined]
    return profile


def may_join_with(mini_cluster: MiniCluster, user) -> list[Organisation]:
    """The organisations that `user` manages and that don't stand in it: each joins in one click."""
    if not user.is_authenticated or not managed_organisation_ids(user):
        return []
    managed = [a.organisation for a in current_affiliations(user) if a.is_manager and not a.organisation.merged_into_id]
    keys = [organisation.pk for organisation in managed]
    taken = set(_standing(pk=mini_cluster.pk, organisations=keys)) if keys else set()
    return [organisation for organisation in managed if organisation.pk not in taken]


@prepared(pk=BigIntegerField(), organisations=BigIntegerField())
def _standing(pk, organisations) -> QuerySet:
    standing = Membership.objects.standing().filter(mini_cluster=pk, organisation__pk__in=organisations)
    return standing.values_list("organisation", flat=True)
