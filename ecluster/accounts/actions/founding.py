"""The first administrator: nobody is there yet to appoint them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ecluster.accounts.actions.people import open_account
from ecluster.accounts.models import Appointment, Body, User
from ecluster.accounts.permissions import Role
from ecluster.audit.actions import record


@transaction.atomic
def appoint_first_administrator(*, email: str, name: str, password: str) -> User:
    """From the server's console only; once there is an administrator, they appoint the others."""
    if Appointment.objects.in_force().filter(office=Role.ADMINISTRATOR, user__is_active=True).exists():
        raise ValidationError(_("There is an administrator already; they appoint the others."))
    user = User.objects.filter(email=email.strip().lower()).first()
    user = user or open_account(email=email, by=None, name=name, password=password)
    body, _is_new = Body.objects.get_or_create(
        name_en="Portal administration", defaults={"name_ko": "포털 관리팀", "kind": Body.Kind.AGENCY_TEAM}
    )
    appointment = Appointment.objects.create(user=user, body=body, office=Role.ADMINISTRATOR)
    record(target=body, action="appoint", by=None, changes={"office": ["", f"administrator: person {user.pk}"]})
    return appointment.user
