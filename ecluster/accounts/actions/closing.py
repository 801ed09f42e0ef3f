"""A person closes their account for good."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ecluster.accounts.closing import Outlook, closings, outlook
from ecluster.accounts.models import User


@transaction.atomic
def close_account(*, user: User, by: User) -> Outlook:
    """Every app lets go of the person, then they are nobody. Answers what was erased, what was kept and why."""
    if by.pk != user.pk:
        raise PermissionDenied("Nobody closes somebody else's account.")
    locked = User.objects.select_for_update().get(pk=user.pk)
    told = outlook(locked)
    if told.refusals:
        raise ValidationError([str(reason) for reason in told.refusals], code="refused")
    for part in closings(locked):
        part.carry_out()
    return told
