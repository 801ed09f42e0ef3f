"""The same pages for who has no JavaScript, who has no mouse, and who reads Korean."""

import pytest
from playwright.sync_api import expect

from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import listed, process
from tests.factories.people import manager_of


@pytest.fixture
def mini_cluster():
    return MiniClusterFactory(name_en="Machine tools", name_ko="공작기계")


@pytest.fixture
def two_firms(mini_cluster):
    """Of which one grinds."""
    from members.actions import organisations

    grinder = listed(mini_cluster, name_en="Grinder Co", name_ko="연삭산업")
    organisations.set_processes(
        organisation=grinder, by=manager_of(grinder), rows=[{"process": process(), "is_core": True}]
    )
    return [grinder, listed(mini_cluster, name_en="Turner Co", name_ko="선삭산업")]


def test_joining_and_the_directory_work_without_javascript(new_page, mini_cluster, two_firms):
    page = new_page(java_script_enabled=False)
    page.goto("/members/apply/")
    page.get_by_label("Name in English").fill("Newcomer Ltd.")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_label("Name in English")).to_have_value("Newcomer Ltd.")
    page.get_by_role("group", name="Mini-clusters").get_by_label("Machine tools").check()
    page.get_by_label("Your name").fill("New")
    page.get_by_label("Your e-mail address").fill("new@newcomer.example")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application has arrived")

    page.goto("/members/")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "2")
    page.get_by_role("group", name="Core process").get_by_label("Grinding").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "1")
    expect(page.get_by_role("link", name="Grinder Co")).to_be_visible()
    page.get_by_role("link", name="Remove Core process: Grinding").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "2")


def test_the_directory_is_filtered_by_the_keyboard_alone(page, two_firms):
    page.goto("/members/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, page.get_by_role("group", name="Core process").get_by_label("Grinding"))
    page.keyboard.press("Space")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "1")
    expect(page.locator("#announcer")).to_contain_text("1")
    chip = page.get_by_role("link", name="Remove Core process: Grinding")
    _tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "2")
    expect(chip).to_have_count(0)


def test_the_language_stays_as_chosen(page, two_firms):
    page.goto("/members/?q=산업")
    page.locator("summary").filter(has_text="Language and appearance").click()
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.get_by_role("link", name="연삭산업")).to_be_visible()
    expect(page.get_by_role("searchbox").last).to_have_value("산업")
    page.goto("/mini-clusters/")
    expect(page.get_by_role("heading", level=1)).to_have_text("미니클러스터")


def _tab_to(page, wanted, most: int = 60) -> None:
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{wanted} is not reached by {most} tabs")
