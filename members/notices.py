"""What people are told about applications and memberships, in the inbox and by mail."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ecluster import demo
from ecluster.accounts.mailing import send_mail_to
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Role
from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register
from ecluster.notifications.models import Notice
from ecluster.tasks.background import background
from members.models import Application, Membership

APPLICATIONS = register(NoticeKind("membership.applications", _("Applications to your mini-cluster")))
DECISIONS = register(NoticeKind("membership.decisions", _("Decisions on your organisation's memberships")))

_CHANGED = {
    "approve": _("%(organisation)s is now a member of %(mini_cluster)s"),
    "load": _("%(organisation)s is now a member of %(mini_cluster)s"),
    "decline": _("%(organisation)s was not admitted to %(mini_cluster)s"),
    "suspend": _("The membership of %(organisation)s in %(mini_cluster)s is suspended"),
    "resume": _("The membership of %(organisation)s in %(mini_cluster)s is active again"),
    "end": _("The membership of %(organisation)s in %(mini_cluster)s has ended"),
}


def application_arrived(membership: Membership) -> None:
    """Tells the mini-cluster's coordinators, from the background: who applies need not wait for it."""
    if demo.is_building():  # what a demo holds is marked as such while it is built
        _tell_of_application(membership)
    else:
        tell_of_application.enqueue(membership.pk)


@background()
@transaction.atomic
def tell_of_application(membership_id: int) -> None:
    membership = Membership.objects.select_related("organisation", "mini_cluster__team").get(pk=membership_id)
    _tell_of_application(membership)


def _tell_of_application(membership: Membership) -> None:
    """Each of them once, however often the task runs: a notice knows what it leads to."""
    coordinators = _coordinators(membership)
    told = Notice.objects.filter(user__in=coordinators, kind=APPLICATIONS.name, url=membership.get_absolute_url())
    told_already = set(told.values_list("user", flat=True))
    notify(
        [person for person in coordinators if person.pk not in told_already],
        kind=APPLICATIONS,
        subject=_("%(organisation)s applies to %(mini_cluster)s"),
        template="members/emails/application_arrived.txt",
        context=_context(membership),
        url=membership.get_absolute_url(),
    )


def membership_changed(membership: Membership, *, action: str, reason: str) -> None:
    """Tells the organisation's managers, and whoever applied for it."""
    context = _context(membership) | {"action": action, "reason": reason}
    notify(
        _concerned(membership),
        kind=DECISIONS,
        subject=_CHANGED[action],
        template="members/emails/membership_changed.txt",
        context=context,
        url=membership.get_absolute_url(),
    )
    application = membership.application
    # Who is admitted gets an invitation instead.
    if action == "decline" and application and not application.sent_by_id:
        _mail(application, _CHANGED[action], "members/emails/membership_changed.txt", context)


def application_received(application: Application) -> None:
    """Tells the applicant, who may have no account, that it arrived and what happens next."""
    link = settings.SITE_URL + reverse("members:application-receipt", args=[application.key])
    context = {"application": application, "organisation": application.organisation, "link": link}
    subject = _("We have received the application of %(organisation)s")
    _mail(application, subject, "members/emails/application_received.txt", context)


def _context(membership: Membership) -> dict:
    return {
        "membership": membership,
        "organisation": membership.organisation,
        "mini_cluster": membership.mini_cluster,
    }


def _mail(application: Application, subject, template: str, context: dict) -> None:
    if demo.is_building():  # nobody reads the mail of people who do not exist
        return
    with translation.override(application.language):
        send_mail_to.enqueue(
            application.contact_email,
            subject=str(subject) % context,
            body=render_to_string(template, context),
            language=application.language,
        )


def _coordinators(membership: Membership) -> list[User]:
    team = membership.mini_cluster.team
    if team is None:
        return []
    terms = team.appointments.in_force().filter(office=Role.COORDINATOR).select_related("user")
    return [term.user for term in terms]


def _concerned(membership: Membership) -> set[User]:
    managers = membership.organisation.affiliations.current().filter(is_manager=True).select_related("user")
    people = {affiliation.user for affiliation in managers}
    if membership.application and membership.application.sent_by:
        people.add(membership.application.sent_by)
    return people
