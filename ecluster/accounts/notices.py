"""What the portal tells a person about their own account and offices."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster import demo
from ecluster.accounts.models import Appointment
from ecluster.accounts.permissions import Role
from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register

WARNING = register(NoticeKind("account.warning", _("Warnings about your account")))
OFFICES = register(NoticeKind("account.offices", _("Offices you are appointed to")))


def appointed(appointment: Appointment) -> None:
    """Of a term that is only written down, because it is over, nobody is told."""
    if appointment.ends_on is None or appointment.ends_on >= timezone.localdate():
        _tell(appointment, _("You are appointed: %(office)s, %(body)s"), url=appointment.body.get_absolute_url())


def term_extended(appointment: Appointment) -> None:
    _tell(appointment, _("Your term is extended: %(office)s, %(body)s"), url=appointment.body.get_absolute_url())


def term_ended(appointment: Appointment, *, reason: str) -> None:
    _tell(appointment, _("Your term ends: %(office)s, %(body)s"), reason=reason)


def appointment_withdrawn(appointment: Appointment, *, reason: str) -> None:
    _tell(appointment, _("Your appointment is withdrawn: %(office)s, %(body)s"), reason=reason)


def _tell(appointment: Appointment, subject, *, url: str = "", reason: str = "") -> None:
    if demo.is_building():  # they have held their offices since 2004
        return
    context = {
        "office": Role(appointment.office).label,
        "body": appointment.body,
        "appointment": appointment,
        "reason": reason,
    }
    template = "accounts/emails/appointment.txt"
    notify([appointment.user], kind=OFFICES, subject=subject, template=template, context=context, url=url)
