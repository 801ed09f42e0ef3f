"""Every page of the portal, looked at by every role: accessible, nothing sticks out, nothing asked of other hosts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as portal
from django.test import Client

from tests.site.addresses import ADDRESSES, EVERYBODY
from tests.site.town import Town, build

pytestmark = pytest.mark.django_db(transaction=True)

NO_PAGES = {
    "healthz", "files:file-show", "files:thumbnail-show", "accounts:data-export", "equipment:booking-calendar",
    "admin:index",
}  # fmt: skip
# A phone in the dark and a desk by day: each role on one of them, neighbours in the alphabet on the other.
DESK = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 360, "height": 800}, "color_scheme": "dark"}
LOOKS = {role: (DESK, PHONE)[number % 2] for number, role in enumerate(sorted(EVERYBODY))}


@pytest.fixture(autouse=True)
def folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_every_page_of_a_role_is_accessible_and_fits(new_page, live_server, role):
    town = build()
    page = new_page(**LOOKS[role])
    _sign_in(page, town, role, live_server.url)
    width = LOOKS[role]["viewport"]["width"]
    wrong = {}
    for path in _paths(town, role):
        page.goto(path)
        violations = [found["id"] for found in Axe().run(page).response["violations"]]
        if violations or page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[path] = violations or "sticks out"

    assert wrong == {}


def _paths(town: Town, role: str) -> list[str]:
    shown = [a for a in ADDRESSES if role in a.whose and not a.post and a.name not in NO_PAGES]
    return list(dict.fromkeys(address.path(town) for address in shown))


def _sign_in(page, town: Town, role: str, home: str) -> None:
    """By a session made here: the form of the sign-in page has tests of its own."""
    if role == "visitor":
        return
    client = Client()
    client.force_login(town.people[role])
    session = client.cookies[portal.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": portal.SESSION_COOKIE_NAME, "value": session, "url": home}])
