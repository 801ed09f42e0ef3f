"""Mini-clusters are made by administrators; what they aim at is set by their operation committees."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record
from members.models import Goal, MiniCluster


@transaction.atomic
def create(*, by, slug: str, name_ko: str, name_en: str, **facts) -> MiniCluster:
    """ValidationError by field where a name or short name is taken."""
    require(by, Permission.MANAGE_MINI_CLUSTERS)
    values = {"slug": slug, "name_ko": name_ko, "name_en": name_en} | facts
    mini_cluster = MiniCluster(**values)
    mini_cluster.full_clean()
    mini_cluster.save()
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
        record(target=locked, action="update_mini_cluster", by=by, changes=changes)
    return locked


@transaction.atomic
def set_goal(*, mini_cluster: MiniCluster, by, goal: str, strategy: str, grounds: str = "", set_on=None) -> Goal:
    """The newest is in force; earlier ones stay as its history. Only loaded records carry an earlier day."""
    if set_on is not None:
        require(by, Permission.LOAD_HISTORY)
    else:
        require(by, Permission.SET_GOAL, mini_cluster)
    if not (goal.strip() and strategy.strip()):
        raise ValidationError(_("A goal and a strategy are needed."))
    values = {"goal": goal.strip(), "strategy": strategy.strip(), "grounds": grounds.strip()}
    before = mini_cluster.goals.first()
    new = Goal(mini_cluster=mini_cluster, set_by=by, **values)
    if set_on:
        new.set_on = set_on
    new.save()
    changes = {field: [getattr(before, field, ""), value] for field, value in values.items() if value}
    record(target=mini_cluster, action="set_goal", by=by, changes=changes)
    return new
