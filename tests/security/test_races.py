"""Two at the same moment, each with a connection of their own: one comes first, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction

from ecluster.accounts.actions.appointments import appoint
from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.models import Appointment, Body, User
from ecluster.accounts.permissions import Role
from ecluster.search import engine as search
from ecluster.workflow import WrongStatus
from members.actions import applications, memberships, merging, organisations, people
from members.actions.people import _notices
from members.models import Affiliation, Application, Invitation, Membership, MembershipPeriod, MiniCluster, Organisation
from tests.factories.accounts import BodyFactory, UserFactory, administrator
from tests.factories.memberships import active_membership, application_of
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator, coordinator_of
from tests.factories.organisations import listed
from tests.factories.people import manager_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*changes) -> list[str]:
    """What becomes of `changes` at the same moment: "done", or what the person is told."""
    start = Barrier(len(changes))

    def attempt(change) -> str:
        try:
            start.wait(timeout=20)
            change()
        except (ValidationError, WrongStatus, organisations.ChangedMeanwhile) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(changes)) as pool:
        return sorted(pool.map(attempt, changes))


def the_same(model, row):
    """As each request reads it for itself."""
    return model.objects.get(pk=row.pk)


@pytest.fixture(autouse=True)
def all_agrees_afterwards():
    yield
    call_command("check_invariants")


def test_of_an_approval_and_a_decline_one_counts():
    application = application_of()
    by = coordinator_of(application.mini_cluster)
    said = at_once(
        lambda: memberships.approve(membership=the_same(Membership, application), by=the_same(User, by)),
        lambda: memberships.decline(membership=the_same(Membership, application), by=the_same(User, by), reason="No"),
    )

    assert said == ["WrongStatus", "done"]
    application.refresh_from_db()
    assert MembershipPeriod.objects.count() == (application.status == "active")


def test_an_approval_and_a_merger_leave_one_membership_that_counts():
    application, survivor = application_of(), active_membership().organisation
    by = chief_coordinator()
    said = at_once(
        lambda: memberships.approve(membership=the_same(Membership, application), by=the_same(User, by)),
        lambda: merging.merge(
            organisation=the_same(Organisation, application.organisation),
            into=the_same(Organisation, survivor),
            by=the_same(User, by),
            reason="Same firm",
        ),
    )

    assert "done" in said
    application.refresh_from_db()
    assert application.organisation == survivor
    assert MembershipPeriod.objects.filter(membership=application).count() == (application.status == "active")


def test_of_two_mergers_that_cross_one_is_made():
    a, b = active_membership().organisation, active_membership().organisation
    by = chief_coordinator()

    def merge(one, other):
        return lambda: merging.merge(
            organisation=the_same(Organisation, one),
            into=the_same(Organisation, other),
            by=the_same(User, by),
            reason="Same firm",
        )

    assert at_once(merge(a, b), merge(b, a)) == ["ValidationError", "done"]
    assert Organisation.objects.unmerged().filter(pk__in=[a.pk, b.pk]).count() == 1


def test_two_who_appoint_the_same_person_appoint_them_once():
    person, body, by = UserFactory(), BodyFactory(kind=Body.Kind.AGENCY_TEAM), administrator()

    def give():
        appoint(user=the_same(User, person), body=body, office=Role.COORDINATOR, by=the_same(User, by))

    assert at_once(give, give) == ["ValidationError", "done"]
    assert Appointment.objects.filter(user=person).count() == 1


def test_of_two_who_save_the_same_profile_the_second_is_told():
    organisation = listed()
    by = manager_of(organisation)
    began = the_same(Organisation, organisation).updated_at

    def save(name):
        return lambda: organisations.update(
            organisation=the_same(Organisation, organisation), by=the_same(User, by), as_of=began, name_en=name
        )

    assert at_once(save("One"), save("Other")) == ["ChangedMeanwhile", "done"]


def test_one_form_sent_twice_is_one_application():
    MiniClusterFactory()
    facts = {"contact_name": "Kim", "contact_email": "kim@hanbit.example", "name_en": "Hanbit", "language": "en"}

    def send():
        applications.send(
            key="7d9f2a36-58f0-4b0e-8a11-1a2b3c4d5e6f", by=AnonymousUser(), mini_clusters=MiniCluster.objects.all(),
            role="sme", org_class="company", **facts,
        )  # fmt: skip

    assert at_once(send, send) == ["done", "done"]
    assert (Application.objects.count(), Organisation.objects.count(), Membership.objects.count()) == (1, 1, 1)


def test_an_account_that_closes_while_its_invitation_is_accepted_leaves_nobody_inside():
    organisation = listed()
    person = UserFactory(email="new@example.org")
    people.invite(organisation=organisation, email=person.email, by=manager_of(organisation))
    Invitation.objects.update(token_hash=_notices.token_hash("token"))
    said = at_once(
        lambda: people.accept_invitation(token="token", by=the_same(User, person)),
        lambda: close_account(user=the_same(User, person), by=the_same(User, person)),
    )

    assert "done" in said
    assert not Affiliation.objects.filter(user=person, ends_on=None).exists()
    assert not Invitation.objects.filter(email="new@example.org").exists()


def test_two_who_change_many_profiles_in_opposite_order_do_not_block_each_other():
    """All share the totals of the search index: who touches many of them must not hold them crosswise."""
    first, second, third, fourth = (listed() for _ in range(4))
    halfway = Barrier(2)

    def change(*steps) -> None:
        with transaction.atomic():
            for number, (organisation, fact) in enumerate(steps):
                Organisation.objects.filter(pk=organisation.pk).update(**fact)
                search.index(Organisation.objects.filter(pk=organisation.pk))
                if number == 0:
                    with suppress(BrokenBarrierError):  # the other may have to wait for us, as it should
                        halfway.wait(timeout=2)

    small, confirmed = {"employees": 20}, {"confirmed_on": date(2020, 1, 1)}
    assert at_once(
        lambda: change((first, small), (second, confirmed)),
        lambda: change((third, confirmed), (fourth, small)),
    ) == ["done", "done"]
