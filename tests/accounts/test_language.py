"""Korean or English: kept on the person, or in a visitor's cookie."""

import pytest

from ecluster.audit.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PATH = "/account/language/"


def test_a_visitors_choice_is_kept_in_a_cookie(client):
    response = client.post(PATH, {"language": "ko", "next": "/account/login/"})
    assert response.url == "/account/login/"
    assert client.get("/account/login/").headers["Content-Language"] == "ko"


def test_a_persons_choice_is_kept_on_them_wherever_they_sign_in(client_for):
    person = UserFactory(language="en")
    client_for(person).post(PATH, {"language": "ko"})
    assert client_for(person).get("/account/").headers["Content-Language"] == "ko"
    person.refresh_from_db()
    assert person.language == "ko"
    assert AuditEntry.objects.about(person).get().changes == {"language": ["en", "ko"]}


def test_the_browser_says_what_a_visitor_reads_at_first(client):
    response = client.get("/account/login/", headers={"accept-language": "ko-KR,ko;q=0.9"})
    assert response.headers["Content-Language"] == "ko"


def test_a_language_we_do_not_speak_changes_nothing(client_for):
    person = UserFactory(language="en")
    client_for(person).post(PATH, {"language": "fr"})
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_outside(client, elsewhere):
    assert client.post(PATH, {"language": "ko", "next": elsewhere}).url == "/"


def test_it_is_a_change_and_so_a_post(client):
    assert client.get(PATH).status_code == 405
