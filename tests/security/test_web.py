"""What a browser is told to guard, on every answer; and what a stranger's page or address can't make it do."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.accounts import PASSWORD, UserFactory
from tests.security.addresses import best_placed, client_of, pages
from tests.site.addresses import ADDRESSES
from tests.site.town import Town

pytestmark = pytest.mark.django_db

ELSEWHERES = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)",
              "https:evil.example", "http://testserver@evil.example/", "\t//evil.example/"]  # fmt: skip


def test_every_answer_carries_its_guards(town: Town):
    bare = {}
    visitor = client_of(town, "visitor")
    answers = {a.path(town): client_of(town, best_placed(a)).get(a.path(town)) for a in pages()}
    answers |= {path: visitor.get(path) for path in ("/nowhere/", "/account/login/", "/account/signup/", "/admin/")}
    answers["POST without token"] = Client(enforce_csrf_checks=True).post("/members/apply/")
    for path, answer in answers.items():
        headers = answer.headers
        policy = headers.get("Content-Security-Policy", "")
        kept = [
            "frame-ancestors 'none'" in policy,
            "default-src 'none'" in policy,
            "script-src 'self' 'unsafe" not in policy,
            headers.get("X-Frame-Options") == "DENY",
            headers.get("X-Content-Type-Options") == "nosniff",
            headers.get("Referrer-Policy") == "same-origin",
            headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        ]
        if not all(kept):
            bare[path] = kept

    assert bare == {}


def test_no_post_is_taken_without_its_token(town: Town):
    taken = {}
    for address in ADDRESSES:
        if address.whose and address.name not in ("healthz", "gallery"):
            client = Client(enforce_csrf_checks=True)
            role = best_placed(address)
            if role != "visitor":
                client.force_login(town.people[role])
            status = client.post(address.path(town), {}).status_code
            if status not in (403, 405):
                taken[address.name] = status

    assert taken == {}


@pytest.mark.parametrize("way", ELSEWHERES)
def test_nobody_is_led_elsewhere(client, way):
    person = UserFactory()
    to_language = client.post(reverse("set-language"), {"language": "ko", "next": way})
    to_sign_in = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": way})

    assert [to_language.url, to_sign_in.url] == ["/", "/"]


def test_signing_in_and_out_changes_the_session(client):
    person = UserFactory()
    client.get("/account/login/")
    client.session["planted"] = "by another"
    planted = client.session
    planted["planted"] = "by another"
    planted.save()
    before = client.session.session_key
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    inside = client.session.session_key
    client.post("/account/logout/")

    assert before != inside
    assert client.session.session_key not in (before, inside)
    assert not client.session.exists(inside)


def test_the_cookies_are_the_portals_alone(client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    person = UserFactory()
    client.get("/account/login/")
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post(reverse("set-language"), {"language": "ko"})
    flags = {name: (bool(c["secure"]), bool(c["httponly"]), c["samesite"]) for name, c in client.cookies.items()}

    assert flags["sessionid"] == (True, True, "Lax")
    assert flags[settings.LANGUAGE_COOKIE_NAME] == (True, True, "Lax")
    assert flags["csrftoken"][::2] == (True, "Lax")


def test_opening_an_account_takes_no_more_than_it_asks(client):
    facts = {"email": "new@example.org", "password1": PASSWORD, "name_en": "New"}
    more = {"is_active": "", "is_demo": "on", "closed_at": "2026-01-01", "pk": 1, "id": 1, "is_staff": "on"}
    client.post("/account/signup/", facts | more)
    person = get_user_model().objects.get(email="new@example.org")

    assert (person.is_active, person.is_demo, person.closed_at, person.roles) == (True, False, None, frozenset())


def _views(resolver: URLResolver | None = None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def test_a_view_is_public_only_where_it_says_so():
    """Those that do, by name: one more here is a decision."""
    public = {
        view.__name__ for view in _views() if view.__module__.startswith(("ecluster", "members", "reports"))
        and not getattr(view, "login_required", True)
    }  # fmt: skip

    assert public == {
        "home", "search", "set_language", "healthz", "readyz", "file_show", "thumbnail_show", "invitation_accept",
        "mini_cluster_list", "mini_cluster_detail", "organisation_list", "organisation_detail", "expert_list",
        "expert_detail", "industry_search", "membership_apply", "application_receipt", "membership", "membership_rows",
        "gallery", "login",  # each asks itself: administrators alone; the admin's door leads to the portal's own
    }  # fmt: skip


class TestAdmin:
    """For looking: no address of it changes anything."""

    @pytest.mark.parametrize("model", ["user", "body", "appointment"])
    def test_no_address_of_it_changes_anything(self, town: Town, model):
        client = client_of(town, "admin")
        person = town.people["member"]
        pk = {"user": person.pk, "body": town.body.pk, "appointment": town.appointment.pk}[model]
        before = list(get_user_model().objects.order_by("pk").values())
        paths = [f"/admin/accounts/{model}/{step}" for step in ("add/", f"{pk}/change/", f"{pk}/delete/", "")]
        data = {"post": "yes", "email": "x@example.org", "action": "delete_selected", "_selected_action": pk}
        statuses = [client.post(path, data).status_code for path in paths]

        assert set(statuses[:3]) == {403}
        assert list(get_user_model().objects.order_by("pk").values()) == before

    def test_nothing_else_is_registered(self):
        from django.contrib import admin

        assert {model.__name__ for model in admin.site._registry} == {"User", "Body", "Appointment"}

    def test_it_shows_no_password(self, town: Town):
        answer = client_of(town, "admin").get(f"/admin/accounts/user/{town.people['member'].pk}/change/")
        assert answer.status_code == 200
        assert "md5$" not in answer.content.decode()
