"""Machines on the pages of those who own them: an organisation's profile, a mini-cluster's page."""

from django.db.models import BigIntegerField, QuerySet

from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from equipment.models import Equipment
from equipment.querysets.equipment import EquipmentQuerySet
from members import panels
from members.belonging import managed_organisation_ids
from members.models import Membership, MiniCluster, Organisation
from members.reading import READER, Reader, asked_by

SHOWN = 6


def machines_of(user, organisation: Organisation) -> dict | None:
    machines = _of(owner=organisation.pk, **asked_by(user))
    can_add = user.is_authenticated and organisation.pk in managed_organisation_ids(user)
    can_add = can_add and user.may(Permission.EDIT_EQUIPMENT)
    if not machines and not can_add:
        return None
    return _panel(machines) | {"query": f"owner={organisation.pk}", "can_add": can_add}


def machines_in(user, mini_cluster: MiniCluster) -> dict | None:
    machines = _in(mini_cluster=mini_cluster.pk, **asked_by(user))
    return _panel(machines) | {"query": f"mini_cluster={mini_cluster.slug}", "with_owner": True} if machines else None


@prepared(owner=BigIntegerField(), **READER)
def _of(owner, **reader) -> QuerySet:
    return _first(Equipment.objects.visible_to(Reader(**reader)).filter(owner=owner))


@prepared(mini_cluster=BigIntegerField(), **READER)
def _in(mini_cluster, **reader) -> QuerySet:
    owners = Membership.objects.active().filter(mini_cluster=mini_cluster).values("organisation")
    return _first(Equipment.objects.visible_to(Reader(**reader)).filter(owner__in=owners).select_related("owner"))


def _first(machines: EquipmentQuerySet) -> QuerySet:
    return machines.in_use().select_related("category")[: SHOWN + 1]


def _panel(machines: list[Equipment]) -> dict:
    return {"machines": machines[:SHOWN], "has_more": len(machines) > SHOWN}


panels.register("organisation", "equipment/_machines_panel.html", machines_of)
panels.register("mini_cluster", "equipment/_machines_panel.html", machines_in)
