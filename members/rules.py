"""The conditions on an object that go with a permission; `ecluster.accounts.access` asks them."""

from ecluster.accounts.access import object_rule
from ecluster.accounts.models import Body
from ecluster.accounts.permissions import Permission, Role
from members.belonging import managed_organisation_ids, own_organisation_ids
from members.models import Expert, Membership, MiniCluster, Organisation

AGENCY_WIDE = frozenset({Role.CHIEF_COORDINATOR})


def is_own_organisation(user, organisation: Organisation) -> bool:
    return organisation.pk in own_organisation_ids(user)


def manages(user, organisation: Organisation) -> bool:
    return organisation.pk in managed_organisation_ids(user)


def coordinates(user, mini_cluster: MiniCluster) -> bool:
    """Chief coordinators and agency teams have the whole cluster in hand, others their own mini-cluster."""
    if user.roles & AGENCY_WIDE:
        return True
    teams = [ground for ground in user.standing if Role.COORDINATOR in ground.roles]
    return any(team.kind == Body.Kind.AGENCY_TEAM or team.object_id == mini_cluster.team_id for team in teams)


def coordinates_any_of(user, organisation: Organisation) -> bool:
    """Whether a mini-cluster that the organisation is in, or applies to, is the person's to coordinate."""
    memberships = organisation.memberships.standing().select_related("mini_cluster")
    return any(coordinates(user, membership.mini_cluster) for membership in memberships)


@object_rule(Permission.EDIT_ORGANISATION, Permission.MANAGE_AFFILIATIONS)
def manages_or_coordinates(user, organisation: Organisation) -> bool:
    if organisation.merged_into_id:
        return False
    return manages(user, organisation) or (
        user.may(Permission.REVIEW_MEMBERSHIP) and coordinates_any_of(user, organisation)
    )


@object_rule(Permission.INVITE_COLLEAGUE)
def belongs_or_coordinates(user, organisation: Organisation) -> bool:
    return is_own_organisation(user, organisation) or manages_or_coordinates(user, organisation)


@object_rule(Permission.REVIEW_MEMBERSHIP)
def coordinates_its_mini_cluster(user, membership: Membership) -> bool:
    return coordinates(user, membership.mini_cluster)


@object_rule(Permission.APPLY_FOR_MEMBERSHIP)
def may_apply_for(user, organisation: Organisation) -> bool:
    """Its manager, its coordinator, an import; anybody for one that only this application has brought in."""
    if user.is_authenticated and (manages_or_coordinates(user, organisation) or user.may(Permission.IMPORT_DATA)):
        return True
    return not (organisation.is_listed or organisation.merged_into_id or organisation.affiliations.exists())


@object_rule(Permission.MERGE_ORGANISATIONS)
def coordinates_all_it_stands_in(user, duplicate: Organisation) -> bool:
    """Merging ends or moves memberships: who does it has every one of the duplicate's in hand."""
    standing = duplicate.memberships.standing().select_related("mini_cluster")
    return all(coordinates(user, m.mini_cluster) for m in standing) and (
        bool(standing) or bool(user.roles & AGENCY_WIDE)
    )


@object_rule(Permission.SET_GOAL)
def sits_in_its_operation_committee(user, mini_cluster: MiniCluster) -> bool:
    committees = [ground.object_id for ground in user.standing if Role.OPERATION_COMMITTEE in ground.roles]
    return mini_cluster.operation_committee_id in committees


@object_rule(Permission.DECIDE_EXPERT, Permission.RECORD_ENGAGEMENT)
def is_somebody_else(user, expert: Expert) -> bool:
    """Nobody lets themself into the pool, or writes down how well they worked."""
    return user.pk != expert.user_id
