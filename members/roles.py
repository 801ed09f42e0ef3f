"""Which roles a person's affiliations and expert profile give."""

from ecluster.accounts.permissions import Role
from members.belonging import current_affiliations
from members.models import Expert
from members.statuses import ExpertStatus


def affiliation_roles(user) -> set[Role]:
    """Only an active member organisation makes a member; its manager keeps the profile in any case."""
    roles: set[Role] = set()
    for affiliation in current_affiliations(user):
        if affiliation.is_manager:
            roles.add(Role.ORGANISATION_MANAGER)
        if affiliation.organisation.is_listed:
            roles.add(Role.MEMBER)
    return roles


def expert_roles(user) -> set[Role]:
    return {Role.EXPERT} if Expert.objects.filter(user=user, status=ExpertStatus.ACCEPTED).exists() else set()
