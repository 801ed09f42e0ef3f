"""A real browser for the journeys: Playwright drives the Chromium that the machine has."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
HOW_TO_RUN = (
    "They need a Chromium: install one (Debian: apt-get install chromium fonts-nanum) "
    "or name one with CHROMIUM=/path/to/chrome, then `make test` runs them too."
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in getattr(item, "fixturenames", []) or "new_page" in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium():
    executable = find_chromium()
    if executable is None:
        pytest.skip(HOW_TO_RUN)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, in which Django would otherwise refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, live_server) -> Iterator:
    """`new_page(**options)`: a page in a browser of its own (options as of Playwright's `new_context`).

    At the end of the journey: no script failed, nothing was asked of another host or refused by the
    content security policy, and the database still makes sense.
    """
    contexts, complaints = [], []

    def open_page(**options):
        context = chromium.new_context(**{"base_url": live_server.url, "locale": "en-GB"} | options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda message: complaints.extend(_refused(message)))
        page.on("request", lambda request: complaints.extend(_elsewhere(request, live_server.url)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    call_command("check_invariants")


@pytest.fixture
def page(new_page):
    """A page of 1440 by 900 in English."""
    return new_page(viewport={"width": 1440, "height": 900})


def sign_in(page, person, then: str = "/") -> None:
    """By the form, with the password of the factories."""
    from tests.factories.accounts import PASSWORD

    page.goto(f"/account/login/?next={then}")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{then}")


def _refused(message) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def _elsewhere(request, home: str) -> list[str]:
    at_home = request.url.startswith((home, "data:", "blob:", "about:"))
    return [] if at_home else [f"asked elsewhere: {request.url}"]
