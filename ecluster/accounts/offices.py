"""Which offices there are in which kind of body."""

from ecluster.accounts.models import Body
from ecluster.accounts.permissions import Role

OFFICES: dict[Body.Kind, tuple[Role, ...]] = {
    Body.Kind.AGENCY_TEAM: (
        Role.CHIEF_COORDINATOR,
        Role.COORDINATOR,
        Role.PROGRAMME_OFFICER,
        Role.FINANCE_OFFICER,
        Role.ADMINISTRATOR,
    ),
    Body.Kind.MINI_CLUSTER_TEAM: (Role.COORDINATOR,),
    Body.Kind.EVALUATION_COMMITTEE: (Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR),
    Body.Kind.OPERATION_COMMITTEE: (Role.OPERATION_COMMITTEE,),
    Body.Kind.ADVISORY_BOARD: (Role.ADVISORY_BOARD,),
}


def offices_of(body: Body) -> tuple[Role, ...]:
    return OFFICES[Body.Kind(body.kind)]
