"""The front page: a visitor's way in, and what waits for who is signed in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ecluster.accounts.permissions import Role
from equipment.models import WaitingEntry
from members.models import Organisation
from reports.turns import turns_of
from tests.factories.accounts import UserFactory, office_holder
from tests.factories.equipment import booked, machine
from tests.factories.memberships import application_of
from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db


def _told(user) -> list[str]:
    return [turn.what for turn in turns_of(user)]


def test_a_visitor_sees_the_mini_clusters_and_how_many_are_in_each(client):
    mini_cluster = MiniClusterFactory()
    listed(mini_cluster)
    listed(mini_cluster)

    page = client.get(reverse("home")).content.decode()

    assert f'href="{mini_cluster.get_absolute_url()}"' in page
    assert "2 members" in page
    assert "What waits for you" not in page


def test_a_coordinator_is_told_of_the_applications_of_their_own_mini_cluster():
    ours, theirs = MiniClusterFactory(), MiniClusterFactory()
    application_of(mini_cluster=ours)
    application_of(mini_cluster=theirs)

    assert _told(office_holder(Role.COORDINATOR, body=ours.team)) == ["1 application waits for a decision"]
    assert _told(office_holder(Role.CHIEF_COORDINATOR)) == ["2 applications wait for a decision"]


def test_a_manager_is_told_what_their_profile_lacks():
    organisation = listed(name_en="Hanbit", name_ko="")

    [told] = _told(manager_of(organisation))

    assert told.startswith("The profile of Hanbit is ")


def test_a_manager_is_told_that_nobody_confirmed_the_profile_for_a_year():
    organisation = listed(name_en="Hanbit", name_ko="")
    Organisation.objects.update(confirmed_on=timezone.localdate() - timedelta(days=400))

    assert _told(manager_of(organisation)) == ["Nobody confirmed the profile of Hanbit within a year"]


def test_who_can_do_nothing_about_it_is_told_nothing():
    organisation = listed()
    application_of()

    assert _told(colleague_at(organisation)) == []
    assert _told(UserFactory()) == []


def test_who_belongs_to_an_organisation_is_not_asked_to_join(client, client_for):
    asked = "Not a member yet?"
    home = reverse("home")

    assert asked in client.get(home).content.decode()
    assert asked in client_for(UserFactory()).get(home).content.decode()
    assert asked not in client_for(colleague_at(listed())).get(home).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_much_waits(client_for, number, django_assert_num_queries):
    mini_cluster = MiniClusterFactory()
    for _ in range(number):
        application_of(mini_cluster=mini_cluster)
    client = client_for(office_holder(Role.CHIEF_COORDINATOR))

    with django_assert_num_queries(13):
        client.get(reverse("home"))


def test_who_books_machines_is_told_of_what_came_free_and_of_what_is_to_be_logged():
    cmm, person, now = machine(access="anyone"), UserFactory(), timezone.now()
    times = {"starts_at": now + timedelta(days=2), "ends_at": now + timedelta(days=2, hours=1)}
    offer = {"status": "offered", "offered_until": now + timedelta(hours=1)}
    WaitingEntry.objects.create(equipment=cmm, person=person, **times, **offer)
    booked(cmm, now - timedelta(hours=3), person=person)

    assert _told(person) == ["1 time that you waited for came free", "1 use of a machine is not logged yet"]
    assert _told(UserFactory()) == []


@pytest.mark.parametrize("named", [False, True])
def test_a_keeper_is_told_of_the_requests_for_their_machines(named):
    cmm, ahead = machine(access="anyone"), timezone.now() + timedelta(days=2)
    keeper = colleague_at(cmm.owner) if named else manager_of(cmm.owner)
    if named:
        cmm.keepers.add(keeper)
    for _rival in range(2):
        booked(cmm, ahead, status="requested")

    assert "2 requests for machines wait for you" in _told(keeper)
    assert "2 requests for machines wait for you" not in _told(colleague_at(cmm.owner))
