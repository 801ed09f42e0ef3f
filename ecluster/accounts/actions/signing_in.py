"""Around signing in: what allauth's flows leave on the audit trail, and whom they warn."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.accounts.notices import WARNING
from ecluster.audit.actions import record
from ecluster.notifications.actions import notify


def after_sign_up(*, user: User) -> None:
    record(target=user, action="open_account", by=user)


def after_address_confirmed(*, user: User) -> None:
    record(target=user, action="confirm_address", by=user)


def after_password_set(*, user: User) -> None:
    record(target=user, action="set_password", by=user)


@transaction.atomic
def warn_of_wrong_passwords(*, email: str, address: str) -> None:
    """Tells the owner, if there is one; who tried learns nothing of it."""
    user = User.objects.open_accounts().filter(email=email.strip().lower()).first()
    if user is None:
        return
    notify(
        [user],
        kind=WARNING,
        subject=_("Somebody tried wrong passwords on your account"),
        template="accounts/emails/wrong_passwords.txt",
        context={"address": address},
        url=reverse("mfa_index"),
    )
    record(target=user, action="slow_down_sign_in", by=None)
