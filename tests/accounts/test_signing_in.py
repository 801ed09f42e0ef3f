"""Signing in, its limits, and the ways around a forgotten password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ecluster.accounts.models import User
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory, administrator, second_factor

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_person_signs_in_with_address_and_password(client):
    person = UserFactory()
    response = sign_in(client, person.email.upper())
    assert (response.status_code, response.url) == (302, "/")
    assert signed_in_as(client) == str(person.pk)


def test_the_way_one_came_is_the_way_one_goes_on(client):
    person = UserFactory()
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": "/account/privacy/"})
    assert response.url == "/account/privacy/"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client):
    person = UserFactory()
    wrong = sign_in(client, person.email, "wrong").context["form"].errors
    unknown = sign_in(client, "nobody@example.org", "wrong").context["form"].errors
    assert wrong == unknown != {}


def test_an_unconfirmed_address_is_asked_for_confirmation_first(client):
    person = UserFactory(verified=False)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    assert sign_in(client, person.email).url == reverse("account_email_verification_sent")
    assert signed_in_as(client) is None


def test_a_switched_off_account_lets_nobody_in(client):
    person = UserFactory(is_active=False)
    sign_in(client, person.email)
    assert signed_in_as(client) is None


def test_ten_wrong_passwords_close_the_account_for_a_while_even_to_the_right_one(client):
    person = UserFactory()
    for _ in range(10):
        sign_in(client, person.email, "wrong")
    response = sign_in(Client(REMOTE_ADDR="198.51.100.7"), person.email)
    assert "Too many failed login attempts" in response.content.decode()
    assert signed_in_as(client) is None


def test_nine_do_not(client):
    person = UserFactory()
    for _ in range(9):
        sign_in(client, person.email, "wrong")
    sign_in(client, person.email)
    assert signed_in_as(client) == str(person.pk)


def test_ten_wrong_passwords_close_the_address_they_come_from_to_every_account(client):
    for number in range(10):
        sign_in(client, f"nobody{number}@example.org", "wrong")
    person = UserFactory()
    sign_in(client, person.email)
    assert signed_in_as(client) is None
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(elsewhere, person.email)
    assert signed_in_as(elsewhere) == str(person.pk)


def test_the_owner_is_told_once_by_notice_and_mail(client, run_tasks):
    person = UserFactory()
    for _ in range(14):
        sign_in(client, person.email, "wrong")
    run_tasks()
    notice = person.notices.get()
    assert notice.subject == "Somebody tried wrong passwords on your account"
    assert "127.0.0.1" in notice.body
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert AuditEntry.objects.about(person).get().action == "slow_down_sign_in"


def test_who_tries_many_accounts_from_one_address_is_no_affair_of_the_last_ones_owner(client):
    for number in range(9):
        sign_in(client, f"nobody{number}@example.org", "wrong")
    person = UserFactory()
    sign_in(client, person.email, "wrong")
    assert not person.notices.exists()


def test_an_address_without_account_is_slowed_down_just_the_same(client):
    for _ in range(10):
        sign_in(client, "nobody@example.org", "wrong")
    response = sign_in(Client(REMOTE_ADDR="198.51.100.7"), "nobody@example.org", "wrong")
    assert "Too many failed login attempts" in response.content.decode()


def test_a_second_factor_is_asked_where_there_is_one(client):
    person = UserFactory()
    second_factor(person)
    response = sign_in(client, person.email)
    assert response.url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    page = client.get(response.url)
    assert page.templates[0].name == "mfa/authenticate.html"


def test_an_account_is_opened_and_its_address_confirmed(client, run_tasks):
    response = client.post(
        "/account/signup/",
        {"email": "new@example.org", "password1": "a good long password", "name_ko": "이영희", "name_en": ""},
        headers={"accept-language": "ko"},
    )
    assert response.url == reverse("account_email_verification_sent")
    run_tasks()
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body)[1]
    client.post(link)
    user = User.objects.get(email="new@example.org")
    assert (user.name_ko, user.language) == ("이영희", "ko")
    assert user.emailaddress_set.get().verified
    actions = AuditEntry.objects.about(user).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["open_account", "confirm_address"]


def test_opening_an_account_asks_for_a_name_and_a_fair_password(client):
    form = client.post("/account/signup/", {"email": "new@example.org", "password1": "short"}).context["form"]
    assert set(form.errors) == {"name_ko", "password1"}
    assert not User.objects.exists()


def test_opening_a_second_account_with_an_address_looks_like_the_first_time(client, run_tasks):
    person = UserFactory()
    response = client.post(
        "/account/signup/", {"email": person.email, "password1": "a good long password", "name_en": "Lee"}
    )
    assert response.url == reverse("account_email_verification_sent")
    run_tasks()
    assert (User.objects.count(), mail.outbox[0].to) == (1, [person.email])


def test_a_forgotten_password_is_set_by_mail_and_signs_out_elsewhere(client, run_tasks):
    person = UserFactory()
    elsewhere = Client()
    sign_in(elsewhere, person.email)
    client.post("/account/password/reset/", {"email": person.email})
    run_tasks()
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "quite another one", "password2": "quite another one"})
    person.refresh_from_db()
    assert person.check_password("quite another one")
    assert elsewhere.get("/account/").status_code == 302


def test_mails_lead_to_the_portal_whatever_the_host_header_says(client, run_tasks, settings):
    settings.ALLOWED_HOSTS = ["*"]
    person = UserFactory()
    client.post("/account/password/reset/", {"email": person.email}, headers={"host": "evil.example"})
    run_tasks()
    assert "evil.example" not in mail.outbox[0].body


def test_a_mail_speaks_its_readers_language(client, run_tasks):
    person = UserFactory(language="ko")
    client.post("/account/password/reset/", {"email": person.email}, headers={"accept-language": "en"})
    run_tasks()
    assert mail.outbox[0].extra_headers["Content-Language"] == "ko"


def test_an_unknown_address_gets_the_same_answer_when_it_forgets_its_password(client):
    known = client.post("/account/password/reset/", {"email": UserFactory().email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_changing_the_password_signs_out_everywhere_else(client_for):
    person = UserFactory()
    here, elsewhere = Client(), Client()
    sign_in(here, person.email)
    sign_in(elsewhere, person.email)
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"},
    )
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").url == "/account/login/?next=/account/"
    assert AuditEntry.objects.about(person).get().action == "set_password"


VISITORS_PAGES = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
    "/account/inactive/",
]


@pytest.mark.parametrize("path", VISITORS_PAGES)
def test_a_visitor_reaches_what_signing_in_needs(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_a_visitor_may_sign_in_with_a_passkey(client):
    response = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "publicKey" in response.json()["request_options"]


OWN_PAGES = [
    "/account/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/privacy/",
    "/account/privacy/data/",
    "/account/close/",
    "/account/people/",
    "/account/bodies/",
    "/account/audit/",
    "/account/administration/",
]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_visitor_is_sent_to_sign_in_from_every_other_page(client, path):
    assert client.get(path).url == f"/account/login/?next={path}"


@pytest.mark.parametrize("path", ["/account/email/", "/account/password/change/", "/account/2fa/", "/account/logout/"])
def test_a_signed_in_person_reaches_their_own_pages(client_for, path):
    response = client_for(UserFactory()).get(path)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_the_admins_door_is_the_portals_own(client):
    assert client.get("/admin/login/?next=/admin/").url == "/account/login/?next=/admin/"
    person = UserFactory()
    client.post("/admin/login/", {"username": person.email, "password": PASSWORD})
    assert signed_in_as(client) is None


def test_the_admin_is_nothing_to_whom_it_does_not_concern(client_for):
    assert client_for(UserFactory()).get("/admin/", follow=True).status_code == 404


def test_an_administrator_looks_and_changes_nothing_in_the_admin(client_for):
    admin, person = administrator(), UserFactory()
    page = client_for(admin).get(f"/admin/accounts/user/{person.pk}/change/")
    assert 'name="_save"' not in page.content.decode()
    assert client_for(admin).post(f"/admin/accounts/user/{person.pk}/change/", {"email": "x@y.org"}).status_code == 403
