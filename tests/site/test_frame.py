"""What stands around every page: drawn for who reads it, at the price of knowing who that is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecluster.accounts.permissions import Role
from tests.factories.accounts import AppointmentFactory, BodyFactory, UserFactory, office_holder, second_factor
from tests.factories.organisations import listed
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db

PAGE = reverse("search:search")


def ways(client: Client) -> str:
    """The main navigation as a reader hears it."""
    return client.get(PAGE).content.decode().split('class="site-nav site-nav-wide"')[1].split("</nav>")[0]


@pytest.mark.parametrize("whose", ["nobody's", "one's", "three's"])
def test_it_asks_for_the_session_the_person_their_standing_and_their_notices(
    client_for, django_assert_num_queries, whose
):
    person = UserFactory() if whose == "nobody's" else office_holder(Role.ADVISORY_BOARD)
    for _ in range({"nobody's": 0, "one's": 1, "three's": 3}[whose]):
        AffiliationFactory(user=person, organisation=listed())
    client = client_for(person)
    with django_assert_num_queries(4):
        client.get(PAGE)


def test_it_asks_once_more_where_an_office_needs_a_second_factor(client_for, django_assert_num_queries):
    client = client_for(office_holder(Role.COORDINATOR))
    with django_assert_num_queries(5):
        client.get(PAGE)


def test_a_visitors_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(PAGE)


def test_an_office_opens_its_ways_on_its_first_day_and_closes_them_after_its_last(client_for):
    today = timezone.localdate()
    person = UserFactory()
    second_factor(person)
    client = client_for(person)
    assert "Applications" not in ways(client)

    term = AppointmentFactory(user=person, body=BodyFactory(), office=Role.COORDINATOR, starts_on=today, ends_on=today)
    assert "Applications" in ways(client)

    term.starts_on = term.ends_on = today - timedelta(days=1)
    term.save()
    assert "Applications" not in ways(client)


def test_each_reads_it_in_their_own_language(client_for):
    korean, english = (client_for(UserFactory(language=language)) for language in ("ko", "en"))
    for _ in range(2):
        assert ("회원 기관" in ways(korean), "Members" in ways(korean)) == (True, False)
        assert ("회원 기관" in ways(english), "Members" in ways(english)) == (False, True)


def test_who_reads_is_named_in_their_own_page_alone(client_for):
    pages = {name: client_for(UserFactory(name_en=name)).get(PAGE).content.decode() for name in ("Kim Ada", "Lee Bo")}
    assert {name: [other for other in pages if other in page] for name, page in pages.items()} == {
        "Kim Ada": ["Kim Ada"],
        "Lee Bo": ["Lee Bo"],
    }


def test_a_switched_off_account_is_signed_out_at_its_next_request(client_for):
    person = UserFactory()
    client = client_for(person)
    assert person.email in client.get(PAGE).content.decode()
    person.is_active = False
    person.save()
    assert person.email not in client.get(PAGE).content.decode()


def test_a_form_of_another_sign_in_is_refused_in_a_whole_page():
    page = Client(enforce_csrf_checks=True).post(reverse("set-language"), {"language": "ko"})
    assert (page.status_code, b"site-header" in page.content) == (403, True)
