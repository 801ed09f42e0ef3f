"""The inbox: everyone's own, newest first, read and unread."""

import pytest
from django.urls import reverse

from ecluster.audit.models import AuditEntry
from ecluster.notifications.actions import channels_of, notify
from ecluster.notifications.models import Notice
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


@pytest.fixture
def person():
    return UserFactory()


def tell(person, subject: str, url: str = "") -> Notice:
    return notify([person], kind="decision", subject=subject, url=url)[0]


def subjects(response) -> list[str]:
    return [notice.subject for notice in response.context["page"].rows]


def test_an_inbox_shows_ones_own_notices_newest_first(client_for, person):
    tell(person, "first")
    tell(person, "second")
    tell(UserFactory(), "not yours")
    assert subjects(client_for(person).get(INBOX)) == ["second", "first"]


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(INBOX).headers["Location"] == f"{reverse('account_login')}?next={INBOX}"


def test_unread_ones_can_be_shown_alone(client_for, person):
    client = client_for(person)
    client.post(f"{INBOX}{tell(person, 'read').pk}/read/")
    tell(person, "unread")
    response = client.get(INBOX, {"show": "unread"})
    assert subjects(response) == ["unread"]
    assert 'data-total="1"' in response.content.decode()


def test_following_a_notice_leads_to_its_page_and_marks_it_read(client_for, person):
    notice = tell(person, "decided", url="/members/")
    assert client_for(person).get(f"{INBOX}{notice.pk}/").headers["Location"] == "/members/"
    assert Notice.objects.get().read_at is not None


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_a_notice_leads_nowhere_outside_the_portal(client_for, person, elsewhere):
    notice = tell(person, "decided", url=elsewhere)
    assert client_for(person).get(f"{INBOX}{notice.pk}/").headers["Location"] == INBOX


def test_all_can_be_marked_as_read_and_those_of_others_stay(client_for, person):
    other = UserFactory()
    for reader in (person, person, other):
        tell(reader, "news")
    client_for(person).post(f"{INBOX}read/")
    assert [person.notices.unread().count(), other.notices.unread().count()] == [0, 1]


@pytest.mark.parametrize(("method", "address"), [("get", ""), ("post", "read/")])
def test_the_notice_of_another_does_not_exist(client_for, person, method, address):
    notice = tell(UserFactory(), "private")
    response = getattr(client_for(person), method)(f"{INBOX}{notice.pk}/{address}")
    assert (response.status_code, Notice.objects.get().read_at) == (404, None)


def test_the_number_of_unread_notices_stands_in_the_head_of_every_page(client_for, person):
    tell(person, "one")
    tell(person, "two")
    assert str(client_for(person).get(INBOX).context["unread_notices"]) == "2"


@pytest.mark.parametrize("number", [1, 3])
def test_an_inbox_costs_the_same_however_much_is_in_it(client_for, person, django_assert_num_queries, number):
    for _ in range(number):
        tell(person, "news")
    client = client_for(person)
    with django_assert_num_queries(QUERIES):
        client.get(INBOX)


# Session, person, offices, affiliations, expert, unread, all, the page.
QUERIES = 6


class TestPreferences:
    ADDRESS = "/inbox/preferences/"

    def test_what_holds_now_is_chosen(self, client_for, person):
        form = client_for(person).get(self.ADDRESS).context["form"]
        assert form.initial == {"decision": "immediately", "news": "daily"}

    def test_a_choice_is_kept_and_recorded(self, client_for, person):
        client_for(person).post(self.ADDRESS, {"decision": "never", "news": "daily"})
        assert channels_of(person) == {"decision": "never", "news": "daily"}
        (entry,) = AuditEntry.objects.filter(action="set_notice_preferences")
        assert (entry.actor, entry.changes) == (person, {"decision": ["immediately", "never"]})

    def test_a_choice_that_is_none_is_refused_in_words_at_its_field(self, client_for, person):
        response = client_for(person).post(self.ADDRESS, {"decision": "by pigeon", "news": "daily"})
        assert response.context["form"].errors == {
            "decision": ["Select a valid choice. by pigeon is not one of the available choices."]
        }
        assert channels_of(person)["decision"] == "immediately"
