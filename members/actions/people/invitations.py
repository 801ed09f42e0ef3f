"""Colleagues are asked to join by a mail whose link is theirs alone."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.actions.people import open_account
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from members.actions.people._notices import TOKEN_BYTES, mail_soon, tell_joined, token_hash
from members.actions.people.affiliations import hold, join
from members.models import Affiliation, Invitation, Organisation
from members.models.people import invitation_expiry


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    by,
    name: str = "",
    title: str = "",
    is_manager: bool = False,
    language: str | None = None,
) -> Invitation:
    """Mails a link by which the holder of `email` joins `organisation`.

    An invitation that is still open is sent anew with these values. A colleague is not invited again.
    """
    require(by, Permission.MANAGE_AFFILIATIONS if is_manager else Permission.INVITE_COLLEAGUE, organisation)
    hold(organisation)
    email = email.strip().lower()
    if organisation.affiliations.current().filter(user__email=email).exists():
        raise ValidationError(_("A colleague with this address is here already."), code="colleague")
    invitation = organisation.invitations.filter(email__iexact=email, accepted_at=None, withdrawn_at=None).first()
    is_new = invitation is None
    invitation = invitation or Invitation(organisation=organisation, email=email)
    invitation.name, invitation.title = name, title
    invitation.is_manager = is_manager or invitation.is_manager
    invitation.language = language or by.language
    invitation.invited_by = by
    _send(invitation)
    record(target=organisation, action="invite" if is_new else "invite_again", by=by, changes=_masked_address(email))
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by) -> Invitation:
    """A new link for 30 days from now; the one sent before leads nowhere."""
    locked = _open_one(invitation)
    _require_over(locked, by)
    _send(locked)
    record(target=locked.organisation, action="invite_again", by=by, changes=_masked_address(locked.email))
    return locked


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by) -> Invitation:
    locked = _open_one(invitation)
    _require_over(locked, by)
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at", "updated_at"])
    record(target=locked.organisation, action="withdraw_invitation", by=by, changes=_masked_address(locked.email))
    return locked


def find_invitation(token: str) -> Invitation | None:
    """The invitation that `token` opens now; None where it ran out, was withdrawn or was used."""
    return Invitation.objects.open().filter(token_hash=token_hash(token)).select_related("organisation").first()


@transaction.atomic
def accept_invitation(*, token: str, by: User) -> Affiliation:
    """The person invited says yes, by the address that was invited."""
    _hold_person(by)
    invitation = _held(token)
    if invitation.email.lower() != by.email.lower():
        raise ValidationError(_("This invitation was sent to another address than yours."), code="address")
    return _accept(invitation, by)


@transaction.atomic
def accept_as_new_person(*, token: str, name: str, password: str, language: str) -> User:
    """Who has no account yet opens one: that they hold the token proves the address."""
    invitation = _held(token)
    user = open_account(email=invitation.email, by=None, name=name, password=password, language=language)
    _accept(invitation, user)
    return user


def _hold_person(user: User) -> None:
    """Before all else, as closing the account does: of the two, one waits for the other."""
    if not User.objects.select_for_update().get(pk=user.pk).is_active:
        raise ValidationError(_("This person's account is not in use."), code="inactive")


def _accept(invitation: Invitation, user: User) -> Affiliation:
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at", "updated_at"])
    affiliation = join(
        user=user,
        organisation=invitation.organisation,
        by=user,
        title=invitation.title,
        is_manager=invitation.is_manager,
    )
    tell_joined(affiliation)
    return affiliation


def _held(token: str) -> Invitation:
    """Of two who hold the same token one comes first; the other is told that it was used."""
    invitation = find_invitation(token)
    if invitation is None:
        raise ValidationError(_("This invitation is no longer open. Ask for a new one."), code="closed")
    return _open_one(invitation)


def _open_one(invitation: Invitation) -> Invitation:
    hold(invitation.organisation)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.withdrawn_at:
        raise ValidationError(_("This invitation is no longer open. Ask for a new one."), code="closed")
    return locked


def _require_over(invitation: Invitation, by) -> None:
    """One's own invitation, or any of the organisation for who manages its people."""
    if invitation.invited_by_id == by.pk and not invitation.is_manager:
        require(by, Permission.INVITE_COLLEAGUE, invitation.organisation)
    else:
        require(by, Permission.MANAGE_AFFILIATIONS, invitation.organisation)


def _send(invitation: Invitation) -> None:
    """Closes the link sent before; the mail that goes out makes the new one."""
    invitation.token_hash = token_hash(secrets.token_urlsafe(TOKEN_BYTES))
    invitation.expires_at = invitation_expiry()
    invitation.save()
    mail_soon(invitation)


def _masked_address(email: str) -> dict[str, list]:
    return {"contact_email": ["", email]}  # the trail masks what begins with contact_
