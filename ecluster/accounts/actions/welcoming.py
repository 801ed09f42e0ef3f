"""A person is given an account by an administrator, and sets their password by the link they are mailed."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from ecluster.accounts.access import require
from ecluster.accounts.actions.people import open_account
from ecluster.accounts.mailing import send_mail_to
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission


@transaction.atomic
def invite_person(*, by: User, email: str, name: str, language: str) -> User:
    require(by, Permission.MANAGE_BODIES)
    user = open_account(email=email, by=by, name=name, language=language)
    with override(language):
        context = {"person": user, "by": by, "link": link_to_set_password(user)}
        body = render_to_string("accounts/emails/welcome.txt", context)
        subject = gettext("Your account on e-Cluster")
    send_mail_to.enqueue(user.email, subject=subject, body=body, language=language)
    return user


def link_to_set_password(user: User) -> str:
    """The same link as for a forgotten password."""
    key = default_token_generator.make_token(user)
    where = {"uidb36": user_pk_to_url_str(user), "key": key}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=where)
