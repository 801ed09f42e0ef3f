"""The days on which memberships count: their periods, and beside them the changes that Table 1 is read from."""

from collections import Counter
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.tasks.background import background
from ecluster.words import local_date
from members.models import Membership, MembershipChange, MembershipPeriod, MiniCluster
from members.table1 import Cell, changes_of_periods

CHUNK = 500


def start(membership: Membership, day: date) -> None:
    """It counts from `day` as the class its organisation has now."""
    organisation, mini_cluster = membership.organisation, membership.mini_cluster
    until = (
        MembershipPeriod.objects.filter(membership__organisation=organisation, mini_cluster=mini_cluster)
        .filter(ends_on__gte=day)
        .order_by("-ends_on")
        .values_list("ends_on", flat=True)
        .first()
    )
    if until:
        raise ValidationError(
            {"on": _("It counted until %(day)s already: give a later day.") % {"day": local_date(until)}}
        )
    period = MembershipPeriod.objects.create(
        membership=membership, mini_cluster=mini_cluster, org_class=organisation.org_class, starts_on=day
    )
    _note(period, day, +1)


def stop(membership: Membership, day: date) -> None:
    """Ends the open period on the day before `day`. One that began today has counted on no past day: it goes."""
    period = membership.periods.open().get()
    if period.starts_on < day:
        period.ends_on = day - timedelta(days=1)
        period.save(update_fields=["ends_on", "updated_at"])
    elif period.starts_on == day == timezone.localdate():
        period.delete()
    else:
        raise ValidationError(
            {"on": _("It has counted since %(day)s: give a later day.") % {"day": local_date(period.starts_on)}}
        )
    _note(period, day, -1)


def restart(membership: Membership, day: date) -> None:
    """Counts it from `day` as the class its organisation has now."""
    stop(membership, day)
    start(membership, day)


def _note(period: MembershipPeriod, day: date, change: int) -> None:
    MembershipChange.objects.create(
        mini_cluster_id=period.mini_cluster_id, org_class=period.org_class, month=day.replace(day=1), change=change
    )


@background()
def fold_changes() -> None:
    """One row for each mini-cluster, class and month in which something changed. What they add up to stays."""
    with transaction.atomic():
        rows = list(MembershipChange.objects.select_for_update())
        for first in range(0, len(rows), CHUNK):
            MembershipChange.objects.filter(pk__in=[row.pk for row in rows[first : first + CHUNK]]).delete()
        sums: Counter[Cell] = Counter()
        for row in rows:
            sums[row.mini_cluster_id, row.org_class, row.month] += row.change
        _write(sums)


@transaction.atomic
def draw_up_changes() -> int:
    """Makes them anew from the periods, and answers how many there are.

    Who notes a change needs its mini-cluster to stay, and so waits here until this is done.
    """
    list(MiniCluster.objects.select_for_update().order_by("pk"))
    MembershipChange.objects.all().delete()
    return _write(changes_of_periods())


def _write(changes: Counter[Cell]) -> int:
    rows = [
        MembershipChange(mini_cluster_id=mini_cluster, org_class=org_class, month=month, change=change)
        for (mini_cluster, org_class, month), change in sorted(changes.items())
    ]
    return len(MembershipChange.objects.bulk_create(rows))
