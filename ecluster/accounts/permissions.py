"""Who may do what, on one screen: permissions, roles, and the table between them.

The table says what a role may do at all. Conditions on the object itself (one's own organisation, one's own
mini-cluster) are the named rules of each app's `rules.py`; `access.can()` asks both.
"""

from enum import StrEnum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    VIEW_MEMBERS_SIDE = auto()
    APPLY_FOR_MEMBERSHIP = auto()
    EDIT_ORGANISATION = auto()
    INVITE_COLLEAGUE = auto()
    MANAGE_AFFILIATIONS = auto()
    APPLY_AS_EXPERT = auto()
    USE_FINDER = auto()
    REVIEW_MEMBERSHIP = auto()
    MERGE_ORGANISATIONS = auto()
    INVITE_EXPERT = auto()
    DECIDE_EXPERT = auto()
    RECORD_ENGAGEMENT = auto()
    SET_GOAL = auto()
    EDIT_EQUIPMENT = auto()
    KEEP_EQUIPMENT = auto()  # approve its bookings, plan its outages, log its use
    BOOK_EQUIPMENT = auto()
    CHANGE_BOOKING = auto()
    MANAGE_BODIES = auto()
    MANAGE_MINI_CLUSTERS = auto()
    MANAGE_TAXONOMIES = auto()
    IMPORT_DATA = auto()
    LOAD_HISTORY = auto()  # may date a membership before this year: the records from before the portal
    VIEW_AUDIT_TRAIL = auto()


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    ORGANISATION_MANAGER = "organisation_manager", _("organisation manager")
    EXPERT = "expert", _("expert")
    COORDINATOR = "coordinator", _("coordinator")
    CHIEF_COORDINATOR = "chief_coordinator", _("chief coordinator")
    COMMITTEE_MEMBER = "committee_member", _("committee member")
    COMMITTEE_CHAIR = "committee_chair", _("committee chair")
    OPERATION_COMMITTEE = "operation_committee", _("operation committee")
    PROGRAMME_OFFICER = "programme_officer", _("programme officer")
    FINANCE_OFFICER = "finance_officer", _("finance officer")
    ADVISORY_BOARD = "advisory_board", _("advisory board")
    ADMINISTRATOR = "administrator", _("administrator")


_SIGNED_IN = {
    Permission.APPLY_FOR_MEMBERSHIP,
    Permission.APPLY_AS_EXPERT,
    Permission.BOOK_EQUIPMENT,
    Permission.CHANGE_BOOKING,
}
_KEEPING = {Permission.EDIT_EQUIPMENT, Permission.KEEP_EQUIPMENT}
_MEMBERS_SIDE = {Permission.VIEW_MEMBERS_SIDE, Permission.USE_FINDER}
_COORDINATION = _MEMBERS_SIDE | {
    Permission.EDIT_ORGANISATION,
    Permission.INVITE_COLLEAGUE,
    Permission.MANAGE_AFFILIATIONS,
    Permission.REVIEW_MEMBERSHIP,
    Permission.MERGE_ORGANISATIONS,
    Permission.INVITE_EXPERT,
    Permission.RECORD_ENGAGEMENT,
    Permission.EDIT_EQUIPMENT,
}

VISITOR_PERMISSIONS = frozenset({Permission.APPLY_FOR_MEMBERSHIP})
SIGNED_IN_PERMISSIONS = frozenset(_SIGNED_IN)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset(_MEMBERS_SIDE | _KEEPING | {Permission.INVITE_COLLEAGUE}),
    Role.ORGANISATION_MANAGER: frozenset(_KEEPING | {Permission.EDIT_ORGANISATION, Permission.MANAGE_AFFILIATIONS}),
    Role.EXPERT: frozenset({Permission.VIEW_MEMBERS_SIDE}),
    Role.COORDINATOR: frozenset(_COORDINATION),
    Role.CHIEF_COORDINATOR: frozenset(_COORDINATION | {Permission.DECIDE_EXPERT}),
    Role.COMMITTEE_MEMBER: frozenset({Permission.VIEW_MEMBERS_SIDE}),
    Role.COMMITTEE_CHAIR: frozenset({Permission.VIEW_MEMBERS_SIDE}),
    Role.OPERATION_COMMITTEE: frozenset({Permission.VIEW_MEMBERS_SIDE, Permission.SET_GOAL}),
    Role.PROGRAMME_OFFICER: frozenset(_MEMBERS_SIDE),
    Role.FINANCE_OFFICER: frozenset({Permission.VIEW_MEMBERS_SIDE}),
    Role.ADVISORY_BOARD: frozenset({Permission.VIEW_MEMBERS_SIDE}),
    Role.ADMINISTRATOR: frozenset(
        _MEMBERS_SIDE
        | {
            Permission.MANAGE_BODIES,
            Permission.MANAGE_MINI_CLUSTERS,
            Permission.MANAGE_TAXONOMIES,
            Permission.IMPORT_DATA,
            Permission.LOAD_HISTORY,
            Permission.VIEW_AUDIT_TRAIL,
        }
    ),
}

# Offices with power over others: nobody uses one on a password alone.
ROLES_NEEDING_SECOND_FACTOR = frozenset(Role) - {
    Role.MEMBER,
    Role.ORGANISATION_MANAGER,
    Role.EXPERT,
    Role.ADVISORY_BOARD,
}
