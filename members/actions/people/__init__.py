"""Who belongs to an organisation, and who is asked to."""

from members.actions.people.affiliations import affiliate, end_affiliation, finish, is_last_manager, set_manager
from members.actions.people.invitations import (
    accept_as_new_person,
    accept_invitation,
    find_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)

__all__ = [
    "accept_as_new_person",
    "accept_invitation",
    "affiliate",
    "end_affiliation",
    "find_invitation",
    "finish",
    "invite",
    "is_last_manager",
    "resend_invitation",
    "set_manager",
    "withdraw_invitation",
]
