"""The inbox's part of a person's data, and of closing their account."""

from django.utils.translation import gettext_lazy as _

from ecluster.accounts.closing import Closing
from ecluster.notifications.models import Notice, OutgoingMail, Preference


def held(user) -> dict:
    notices = Notice.objects.filter(user=user).order_by("pk")
    return {
        "notices": list(notices.values("created_at", "kind", "subject", "body", "read_at")),
        "preferences": list(Preference.objects.filter(user=user).values("kind", "channel")),
    }


def closing(user) -> Closing:
    return Closing(
        carry_out=lambda: _erase(user), erased=[_("Everything in your inbox, and how you wished to be told.")]
    )


def _erase(user) -> None:
    Notice.objects.filter(user=user).delete()
    Preference.objects.filter(user=user).delete()
    OutgoingMail.objects.filter(user=user).delete()
