"""Mini-clusters are made by administrators; what they aim at is set by their operation committees."""

from datetime import date

from django.db import transaction

from ecluster.accounts.access import require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record
from ecluster.search import engine as search
from members.closed_years import effective_day
from members.models import Goal, MiniCluster


@transaction.atomic
def create(*, by, slug: str, name_ko: str, name_en: str, **facts) -> MiniCluster:
    """ValidationError by field where a name or short name is taken."""
    require(by, Permission.MANAGE_MINI_CLUSTERS)
    values = {"slug": slug, "name_ko": name_ko, "name_en": name_en} | facts
    mini_cluster = MiniCluster(**values)
    mini_cluster.full_clean()
    mini_cluster.save()
    search.index([mini_cluster])
    record(target=mini_cluster, action="create_mini_cluster", by=by, changes=differences(MiniCluster(), values))
    return mini_cluster


@transaction.atomic
def update(*, mini_cluster: MiniCluster, by, **facts) -> MiniCluster:
    """Its address stays: the short name is no fact that changes."""
    require(by, Permission.MANAGE_MINI_CLUSTERS, mini_cluster)
    locked = MiniCluster.objects.select_for_update().get(pk=mini_cluster.pk)
    changes = differences(locked, facts)
    for field, value in facts.items():
        setattr(locked, field, value)
    locked.full_clean()
    locked.save()
    if changes:
        search.index([locked])
        record(target=locked, action="update_mini_cluster", by=by, changes=changes)
    return locked


@transaction.atomic
def set_goal(
    *, mini_cluster: MiniCluster, by, set_on: date | None = None, set_by: User | None = None, **texts: str
) -> Goal:
    """The newest is in force; earlier ones stay as its history. ValidationError at the field that lacks words.

    `texts` are `goal_…`, `strategy_…` and `grounds_ko` and `…_en`. Only who loads the records from before the portal
    says on which day a goal was set, and by whom.
    """
    if set_on or set_by:
        require(by, Permission.LOAD_HISTORY)
    else:
        require(by, Permission.SET_GOAL, mini_cluster)
    values = {field: text.strip() for field, text in texts.items()}
    day = effective_day(set_on, by=by, field="set_on")
    before = mini_cluster.goals.filter(set_on__lte=day).first()
    new = Goal(mini_cluster=mini_cluster, set_by=set_by or by, set_on=day, **values)
    new.full_clean()
    new.save()
    search.index([mini_cluster])
    changes = {field: [getattr(before, field, ""), value] for field, value in values.items() if value}
    record(target=mini_cluster, action="set_goal", by=by, changes=changes)
    return new
