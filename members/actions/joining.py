"""The way in for who applied: on approval they become their organisation's manager."""

from django.utils import timezone

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from members.actions import people
from members.models import Application, Membership


def open_door_to_applicant(membership: Membership, *, by) -> None:
    """Once an application, however many mini-clusters it named. Who had an account is manager at once, others are
    invited. Loaded records have no applicant who waits.

    Where somebody manages the organisation already, they let in whom they know: the application may have come under
    the organisation's name from outside, and been merged into it.
    """
    application = membership.application
    if application is None or application.invited_at or not _may_let_in(by, membership):
        return
    if membership.organisation.affiliations.current().managers().exists():
        return
    application.invited_at = timezone.now()
    application.save(update_fields=["invited_at", "updated_at"])
    if application.sent_by and application.sent_by.is_active:
        people.affiliate(
            user=application.sent_by,
            organisation=membership.organisation,
            by=by,
            title=application.contact_title,
            is_manager=True,
        )
    elif not _is_colleague(application, membership):
        people.invite(
            organisation=membership.organisation,
            email=application.contact_email,
            by=by,
            name=application.contact_name,
            title=application.contact_title,
            is_manager=True,
            language=application.language,
        )


def _may_let_in(by, membership: Membership) -> bool:
    return can(by, Permission.MANAGE_AFFILIATIONS, membership.organisation)


def _is_colleague(application: Application, membership: Membership) -> bool:
    current = membership.organisation.affiliations.current()
    return current.filter(user__email__iexact=application.contact_email).exists()
