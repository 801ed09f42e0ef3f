"""Somebody comes into the expert pool, is found by a problem with the reasons told, and goes away for a while."""

import pytest
from playwright.sync_api import expect

from tests.browsers import sign_in
from tests.factories.mini_clusters import chief_coordinator
from tests.factories.organisations import listed, process
from tests.factories.people import colleague_at
from tests.journeys.steps import link_in_mail_to, main_link, sign_in_to_office, subjects_to

ADDRESS = "suji@grinding.example"
NEW_PASSWORD = "seven mild winters"
PROBLEM = "연삭을 할 때 표면에 떨림 자국이 생깁니다."  # grinding leaves chatter marks on the surface


@pytest.fixture
def grinding():
    return process("Grinding", "연삭")


def test_an_expert_joins_the_pool_is_found_by_a_problem_and_goes_away(new_page, grinding, run_tasks):
    chief, member = chief_coordinator(), colleague_at(listed())
    expert = new_page()
    _open_an_account(expert, run_tasks)
    _apply(expert)
    run_tasks()
    _accept(new_page(), chief)
    run_tasks()
    assert "You are in the expert pool" in subjects_to(ADDRESS)

    firm = new_page()
    sign_in(firm, member)
    found = _ask(firm)
    expect(found).to_contain_text("open")
    expect(found.get_by_role("table")).to_contain_text("Grinding")

    expert.reload()
    expert.get_by_label("Availability").select_option(label="away")
    expert.get_by_label("Away until").fill("2030-05-01")
    expert.get_by_role("button", name="Save").click()
    run_tasks()
    expect(_ask(firm)).to_contain_text("away until 1 May 2030")


def _open_an_account(page, run_tasks) -> None:
    page.goto("/account/login/")
    page.get_by_role("link", name="Open one").click()
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_label("Name in English").fill("Choi Suji")
    page.get_by_role("button", name="Sign up").click()
    run_tasks()
    page.goto(link_in_mail_to(ADDRESS, "/account/confirm-email/"))
    page.get_by_role("button", name="Confirm").click()


def _apply(page) -> None:
    main_link(page, "Experts")
    page.get_by_role("link", name="Apply to the pool").first.click()
    page.get_by_label("In one line, in English").fill("Grinding of hard materials")
    page.get_by_label("R&D", exact=True).check()
    page.locator("summary").filter(has_text="Processes").click()
    page.get_by_label("Grinding", exact=True).check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Your application has arrived.")).to_be_visible()


def _accept(page, chief) -> None:
    sign_in_to_office(page, chief)
    main_link(page, "Experts")
    page.get_by_role("link", name="1 application").click()
    page.get_by_role("row", name="Choi Suji").get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Done: Choi Suji is told.")).to_be_visible()


def _ask(page):
    main_link(page, "Find an expert")
    page.get_by_label("The problem").fill(PROBLEM)
    page.get_by_role("button", name="Find experts").click()
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Choi Suji"))
