"""What people are told about colleagues; and the mail to somebody who may have no account yet."""

import hashlib
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecluster import demo
from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register
from ecluster.tasks.background import background
from members.models import Affiliation, Invitation

COLLEAGUES = register(NoticeKind("people.colleagues", _("Colleagues who join or leave, and who manages")))
TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def tell_joined(affiliation: Affiliation) -> None:
    _notify(affiliation, _others_who_manage(affiliation), _("%(person)s joined %(organisation)s"))


def tell_manager_role(affiliation: Affiliation) -> None:
    subject = (
        _("You are now a manager of %(organisation)s")
        if affiliation.is_manager
        else _("You are no longer a manager of %(organisation)s")
    )
    _notify(affiliation, [affiliation.user], subject)


def tell_left(affiliation: Affiliation, *, by) -> None:
    if affiliation.user == by:
        _notify(affiliation, _others_who_manage(affiliation), _("%(person)s left %(organisation)s"))
    else:
        _notify(affiliation, [affiliation.user], _("You no longer belong to %(organisation)s"), url="")


def _notify(affiliation: Affiliation, people: list, subject, url: str | None = None) -> None:
    organisation = affiliation.organisation
    if url is None:
        url = reverse("members:colleague-list", args=[organisation.pk])
    context = {"person": affiliation.user, "organisation": organisation}
    notify(people, kind=COLLEAGUES, subject=subject, context=context, url=url)


def _others_who_manage(affiliation: Affiliation) -> list:
    managers = affiliation.organisation.affiliations.current().filter(is_manager=True).select_related("user")
    return [manager.user for manager in managers if manager.user_id != affiliation.user_id]


def mail_soon(invitation: Invitation) -> None:
    if not demo.is_building():  # nobody reads the mail of people who do not exist
        mail_invitation.enqueue(invitation.pk)


@background()
def mail_invitation(invitation_id: int) -> None:
    """Makes the link at the moment it is mailed, so that it is written down nowhere but in that mail."""
    invitation = Invitation.objects.open().filter(pk=invitation_id).select_related("organisation", "invited_by").first()
    if invitation is None:
        return
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Invitation.objects.filter(pk=invitation_id).update(token_hash=token_hash(token))
    with translation.override(invitation.language):
        _message(invitation, token).send()


def _message(invitation: Invitation, token: str) -> EmailMessage:
    link = settings.SITE_URL + reverse("members:invitation-accept", args=[token])
    context = {"invitation": invitation, "link": link, "by": invitation.invited_by}
    subject = gettext("You are invited to join %(organisation)s on e-Cluster") % {
        "organisation": invitation.organisation
    }
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("members/emails/invitation.txt", context),
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": invitation.language},
    )
