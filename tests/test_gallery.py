"""The gallery of components, looked at in a browser: what holds for them there holds for every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import Client

from tests.factories.accounts import UserFactory, administrator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_component_is_accessible_and_fits(in_demo, new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto("/gallery/?kind=company&q=mould&sort=name")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


def test_a_filter_works_at_once_and_is_kept_in_the_address(in_demo, page):
    page.goto("/gallery/")
    page.get_by_role("checkbox", name="University").check()
    page.wait_for_url("**/gallery/?q=&kind=university")
    assert page.get_by_role("checkbox", name="University").is_checked()
    assert page.locator(".chip").inner_text().split() == ["Remove", "Class:", "University"]
    assert page.locator("#announcer").inner_text() == "364 organisations"


def test_filters_work_without_scripts(in_demo, new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/gallery/")
    page.get_by_role("checkbox", name="University").check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.url.endswith("/gallery/?q=&kind=university")
    page.locator(".chip").click()
    assert page.url.endswith("/gallery/?q=")


def test_a_long_filter_can_be_searched(in_demo, page):
    page.goto("/gallery/")
    page.locator("#facet-process").get_by_role("link", name="more").click()
    page.get_by_role("searchbox", name="Find in Process").fill("anod")
    assert page.locator("#facet-process label:visible").all_inner_texts() == ["Anodising\n33"]


def test_a_button_that_asks_first_sends_nothing_unless_told_to(in_demo, page):
    page.goto("/gallery/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_role("button", name="End membership").click()
    page.get_by_role("button", name="Cancel").click()
    assert sent == []
    page.get_by_role("button", name="End membership").click()
    with page.expect_navigation():
        page.get_by_role("dialog").get_by_role("button", name="End membership").click()
    assert len(sent) == 1


def test_another_row_is_added_and_counted(in_demo, page):
    page.goto("/gallery/")
    page.get_by_role("button", name="Add another").click()
    assert page.locator("[data-rows] .formset-row").count() == 2
    assert page.locator("[name=machines-TOTAL_FORMS]").input_value() == "2"
    assert page.evaluate("document.activeElement.name") == "machines-1-name"


def test_dark_or_light_is_remembered(in_demo, page):
    page.goto("/gallery/")
    page.locator("summary", has_text="Language and appearance").click()
    page.get_by_role("button", name="Dark").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(in_demo, page):
    page.goto("/gallery/")
    page.locator("summary", has_text="Language and appearance").click()
    page.get_by_role("button", name="Dark").focus()
    page.keyboard.press("Escape")
    assert page.locator("details.menu[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_thing_a_keyboard_reaches_skips_to_the_content(in_demo, page):
    page.goto("/gallery/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_outside_a_demo_the_gallery_is_for_administrators(client, client_for):
    assert client.get("/gallery/").status_code == 404
    assert client_for(UserFactory()).get("/gallery/").status_code == 404
    assert "Every piece that pages are made of" in client_for(administrator()).get("/gallery/").content.decode()


def test_an_address_that_leads_nowhere_says_so_and_shows_a_way_on(client):
    response = client.get("/gallery/")
    assert "There is nothing here" in response.content.decode()
    assert 'href="/account/login/"' in response.content.decode()


def test_a_form_without_its_token_is_explained(in_demo):
    response = Client(enforce_csrf_checks=True).post("/gallery/")
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()


def test_a_failure_is_told_in_both_languages_without_asking_anything_of_the_portal():
    html = render_to_string("500.html")
    assert "Something broke on our side" in html and "포털에 문제가 생겼습니다" in html
