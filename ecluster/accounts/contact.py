"""How a person may be reached, as far as they let the reader know."""

from dataclasses import dataclass

from ecluster.accounts.access import permissions_of
from ecluster.accounts.models import Audience, User
from ecluster.accounts.permissions import Permission

# The agency: who works the desk or keeps the accounts.
_AGENCY = frozenset({Permission.REVIEW_MEMBERSHIP, Permission.MANAGE_BODIES})


@dataclass(frozen=True)
class Contact:
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)


def contact_of(person: User, viewer) -> Contact:
    """The fields of `person` that are open to `viewer`; the others are blank."""
    return _contact(person, audiences_of(viewer, is_own=viewer.pk == person.pk))


def contact_for(person: User, audience: str) -> Contact:
    """What somebody of `audience` sees of `person`: the preview beside the choice."""
    return _contact(person, {Audience.PUBLIC, audience})


def audiences_of(viewer, *, is_own: bool = False) -> set[str]:
    """To which audiences `viewer` belongs; for any record with an audience field."""
    permissions = permissions_of(viewer)
    if is_own or permissions & _AGENCY:
        return set(Audience.values)
    if Permission.VIEW_MEMBERS_SIDE in permissions:
        return {Audience.PUBLIC, Audience.MEMBERS}
    return {Audience.PUBLIC}


def _contact(person: User, audiences: set[str]) -> Contact:
    return Contact(
        email=person.email if person.email_audience in audiences else "",
        phone=person.phone if person.phone_audience in audiences else "",
    )
