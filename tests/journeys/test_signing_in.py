"""What guards an office: a second factor; and what guards everybody: a limit on wrong passwords."""

from playwright.sync_api import expect

from ecluster.accounts.permissions import Role
from tests.browsers import sign_in
from tests.factories.accounts import PASSWORD, AppointmentFactory, UserFactory
from tests.journeys.steps import enter_code, subjects_to


def test_an_administrator_sets_up_a_second_factor_and_uses_it(page, settings):
    settings.DEMO = False
    person = AppointmentFactory(office=Role.ADMINISTRATOR).user
    sign_in(page, person)
    expect(page.get_by_text("Your office needs a second factor. Set one up to go on.")).to_be_visible()
    page.get_by_role("link", name="Activate").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill("000000")
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_text("Incorrect code.", exact=True)).to_be_visible()
    enter_code(page, secret, "Authenticator code")

    page.goto("/account/people/")
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()
    _sign_out(page)
    _try(page, person, PASSWORD)
    enter_code(page, secret)
    page.goto("/account/people/")
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()


def test_ten_wrong_passwords_slow_down_who_tries_and_are_told_to_the_owner(new_page, run_tasks):
    owner, stranger = UserFactory(), new_page()
    for attempt in range(10):
        _try(stranger, owner, f"a guess {attempt}")
        expect(stranger.get_by_text("The email address and/or password you specified are not correct.")).to_be_visible()
    _try(stranger, owner, PASSWORD)
    expect(stranger.get_by_text("Too many failed login attempts. Try again later.")).to_be_visible()
    run_tasks()
    assert subjects_to(owner.email) == ["Somebody tried wrong passwords on your account"]


def _try(page, person, password: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _sign_out(page) -> None:
    page.locator("summary").filter(has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
