"""A firm comes in: it applies, is let in, fills its profile, and is found."""

import pytest
from playwright.sync_api import expect

from members.models import Membership, Organisation
from tests.browsers import sign_in
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import listed, process
from tests.factories.people import colleague_at
from tests.files.samples import picture
from tests.journeys.steps import link_in_mail_to, main_link, sign_in_to_office

APPLICANT = "bora@hanbit.example"
PASSWORD = "seven mild winters"


@pytest.fixture
def mini_cluster():
    return MiniClusterFactory(name_en="Machine tools", name_ko="공작기계")


@pytest.fixture
def namesake(mini_cluster):
    """In the directory for years, under nearly the same name."""
    return listed(mini_cluster, name_ko="한빛정밀", name_en="Hanbit Precision", website="https://hanbit.example")


def test_a_firm_applies_is_let_in_and_is_found(new_page, mini_cluster, namesake, run_tasks):
    process("Grinding", "연삭")
    coordinator = coordinator_of(mini_cluster)
    visitor = new_page(viewport={"width": 1440, "height": 900})

    _apply(visitor)
    run_tasks()
    _approve(new_page(), coordinator)
    run_tasks()
    firm = new_page()
    _enter_by_the_invitation(firm)
    _fill_the_profile(firm)
    run_tasks()

    _find(visitor)
    expect(visitor.get_by_text("A partner for coatings")).to_have_count(0)
    member = new_page()
    sign_in(member, colleague_at(namesake), Organisation.objects.latest("pk").get_absolute_url())
    expect(member.get_by_text("A partner for coatings")).to_be_visible()


def _apply(page) -> None:
    """First without saying which mini-cluster, and with half an address."""
    page.goto("/")
    page.get_by_role("link", name="Apply for membership").first.click()
    page.get_by_label("Name in Korean").fill("(주)한빛정밀")
    page.get_by_label("Name in English").fill("Hanbit Precision Co., Ltd.")
    page.get_by_label("Website").fill("hanbit.example")
    page.get_by_label("What it makes or does").fill("Spindles for machine tools")
    page.get_by_label("Your name").fill("Han Bora")
    page.get_by_label("Your e-mail address").fill("bora@")
    page.get_by_role("button", name="Send the application").click()

    mini_clusters = page.get_by_role("group", name="Mini-clusters")
    expect(mini_clusters).to_contain_text("This field is required.")
    expect(page.get_by_label("Your e-mail address")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Your e-mail address")).to_have_value("bora@")
    expect(page.get_by_label("What it makes or does")).to_have_value("Spindles for machine tools")

    mini_clusters.get_by_label("Machine tools").check()
    page.get_by_label("Your e-mail address").fill(APPLICANT)
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application has arrived")


def _approve(page, coordinator) -> None:
    sign_in_to_office(page, coordinator)
    main_link(page, "Applications")
    page.get_by_role("link", name="Hanbit Precision Co., Ltd.").click()
    likely = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Open Hanbit Precision"))
    expect(likely).to_contain_text("the same name, the same website")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Done: active.")).to_be_visible()


def _enter_by_the_invitation(page) -> None:
    page.goto(link_in_mail_to(APPLICANT, "/account/invitations/"))
    expect(page.get_by_label("Your name")).to_have_value("Han Bora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open my account and join").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hanbit Precision Co., Ltd.")


def _fill_the_profile(page) -> None:
    """Each part by the link that tells it is missing, as long as one does."""
    _edit(page, "Processes", {"Process": "Grinding"}, {"Tolerance (± µm)": "3"}, tick="Core process")
    _edit(page, "Products", {}, {"Name in Korean": "고속연삭스핀들", "Name in English": "High-speed spindle"})
    _edit(page, "Needs", {"You look for": "development partner"}, {"In your own words": "A partner for coatings"})
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Pictures", exact=True).click()
    page.get_by_label("Product").select_option(label="High-speed spindle")
    page.get_by_label("Picture").set_input_files({"name": "spindle.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("img", name="Picture of High-speed spindle")).to_be_visible()
    page.get_by_role("link", name="See the profile").click()
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_text("Thank you: the profile is marked as true as of today.")).to_be_visible()


def _edit(page, section: str, choices: dict, texts: dict, tick: str = "") -> None:
    """The first row of a list of the profile."""
    if page.get_by_role("link", name="Edit", exact=True).count():
        page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name=section, exact=True).click()
    for label, choice in choices.items():
        page.get_by_role("combobox", name=label).first.select_option(label=choice)
    for label, text in texts.items():
        page.get_by_label(label).first.fill(text)
    if tick:
        page.get_by_label(tick).first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The profile is marked as true as of today.")).to_be_visible()


def _find(page) -> None:
    """By a word within a Korean word, by a filter, and as a number of Table 1."""
    page.goto("/")
    page.get_by_role("searchbox", name="Search everything").fill("스핀들")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Hanbit Precision Co., Ltd.")).to_be_visible()
    main_link(page, "Members")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "2")
    page.get_by_role("group", name="Core process").get_by_label("Grinding").check()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "1")
    page.get_by_role("link", name="Hanbit Precision Co., Ltd.").click()
    expect(page.get_by_text("±3 µm")).to_be_visible()
    page.goto("/reports/membership/")
    expect(page.get_by_role("row", name="Machine tools")).to_contain_text("2")
    assert Membership.objects.active().count() == 2
