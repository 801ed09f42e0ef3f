"""The accounts' part of a person's data, and of closing their account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.actions.people import anonymise
from ecluster.accounts.closing import Closing
from ecluster.accounts.models import Appointment, User
from ecluster.accounts.permissions import Role

_OWN_FIELDS = [
    *("email", "name_ko", "name_en", "phone", "email_audience", "phone_audience"),
    *("language", "time_zone", "created_at", "last_login"),
]


def held(user: User) -> dict:
    return {
        "person": {name: getattr(user, name) for name in _OWN_FIELDS},
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "offices": [
            {
                "office": appointment.office,
                "body": appointment.body.name_en,
                "starts_on": appointment.starts_on,
                "ends_on": appointment.ends_on,
            }
            for appointment in user.appointments.select_related("body")
        ],
    }


def closing(user: User) -> Closing:
    offices = user.appointments.exists()
    return Closing(
        carry_out=lambda: _let_go(user),
        erased=[
            _("Your name, e-mail addresses, telephone number, password, passkeys and recovery codes."),
        ],
        kept=[_("The terms of your offices, without your name: decisions were taken in them.")] if offices else [],
        refusals=[_("You are the only administrator. Have another one appointed first.")]
        if _is_only_administrator(user)
        else [],
    )


def _let_go(user: User) -> None:
    today = timezone.localdate()
    user.appointments.filter(starts_on__gt=today).delete()
    Appointment.objects.in_force().filter(user=user).update(ends_on=today)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    anonymise(user=user, by=user)


def _is_only_administrator(user: User) -> bool:
    administrators = Appointment.objects.in_force().filter(office=Role.ADMINISTRATOR, user__is_active=True)
    holders = set(administrators.values_list("user_id", flat=True))
    return holders == {user.pk}
