"""A machine is found, booked, approved, moved, cancelled and logged; its calendar by keyboard and on a phone."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.actions import machines
from equipment.models import Booking, Equipment, Outage
from equipment.statuses import BookingStatus
from tests.browsers import sign_in
from tests.factories.equipment import SEOUL, booked, monday, with_policy
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"viewport": {"width": 1440, "height": 900}}


def shared(name: str) -> Equipment:
    """In the directory, by the hand of its owner."""
    owner = listed()
    return machines.create(owner=owner, name_en=name, by=manager_of(owner))


@pytest.fixture
def cmm():
    return with_policy(shared("Coordinate measuring machine"), needs_approval=True)


@pytest.fixture
def engineer():
    return colleague_at(listed(), name_en="Lee Engineer")


def day_after_next() -> datetime:
    return monday("14:00")


def test_a_machine_is_found_booked_approved_moved_and_cancelled(new_page, cmm, engineer, run_tasks):
    booked(cmm, day_after_next(), hours=1)
    page, keeper = new_page(**DESK), new_page(**DESK)
    sign_in(page, engineer, "/equipment/free/")
    sign_in(keeper, manager_of(cmm.owner), "/equipment/desk/")

    _find_and_ask(page)
    run_tasks()
    _approve(keeper)
    _move(page)
    _cancel(page)
    expect(page.get_by_text("Cancelled.")).to_be_visible()
    assert list(Booking.objects.filter(person=engineer).values_list("status", flat=True)) == ["cancelled"]


def _find_and_ask(page) -> None:
    """At 14:00 it is taken; the page says so, and one click asks for the next time."""
    page.goto("/equipment/free/")
    page.get_by_label("Day", exact=False).first.fill(f"{day_after_next():%Y-%m-%d}")
    page.get_by_label("From").fill("15:00")
    page.get_by_label("To", exact=False).first.fill("16:00")
    page.get_by_role("button", name="Show what is free").click()
    page.get_by_role("link", name="Coordinate measuring machine").first.click()
    page.get_by_role("link", name="Book it").click()
    page.get_by_label("Day", exact=False).first.fill(f"{day_after_next():%Y-%m-%d}")
    page.get_by_label("From").fill("14:00")
    page.get_by_label("To", exact=False).first.fill("15:00")
    page.get_by_label("What for").fill("Turbine blades")
    page.get_by_role("button", name="Ask for it").click()
    refused = page.locator("#refused")
    expect(refused).to_contain_text("It is booked from")
    expect(refused).to_contain_text("Whom to ask")
    expect(page.get_by_label("What for")).to_have_value("Turbine blades")
    page.get_by_role("button", name="15:00–16:00").click()
    expect(page.get_by_text("Your request is sent.")).to_be_visible()
    expect(page.get_by_text("Waiting for the keepers of the machine")).to_be_visible()


def _approve(keeper) -> None:
    keeper.goto("/equipment/desk/")
    expect(keeper.get_by_text("Turbine blades")).to_be_visible()
    keeper.get_by_role("button", name="Approve Lee Engineer").click()
    expect(keeper.get_by_text("Approved. They are told.")).to_be_visible()
    expect(keeper.get_by_text("Nobody waits for an answer.")).to_be_visible()


def _move(page) -> None:
    """Within its own time: elsewhere a keeper would have to approve it."""
    page.reload()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("To", exact=False).first.fill("15:30")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("Moved. Whom it concerns has been told.")).to_be_visible()
    expect(page.locator("h1 + .lead")).to_contain_text("15:00–15:30")


def _cancel(page) -> None:
    page.get_by_text("Cancel the booking").first.click()
    expect(page.get_by_text("It costs nothing.")).to_be_visible()
    page.get_by_role("button", name="Cancel the booking").click()


def test_a_use_is_logged_and_a_broken_machine_reported_and_mended(new_page, cmm, engineer):
    booked(cmm, timezone.now() - timedelta(hours=3), hours=2, person=engineer, krw_per_hour=30_000)
    page, keeper = new_page(**DESK), new_page(**DESK)
    sign_in(page, engineer, "/equipment/bookings/")
    page.get_by_role("link", name="Coordinate measuring machine").first.click()
    page.get_by_label("Used (minutes)").fill("90")
    page.get_by_role("button", name="Log the use").click()
    expect(page.get_by_text("₩45,000")).to_be_visible()

    page.goto(f"/equipment/{cmm.pk}/outages/")
    page.get_by_role("link", name="It is broken").click()
    page.get_by_label("What is wrong").fill("The probe is bent")
    page.get_by_role("button", name="It is broken").click()
    expect(page.get_by_text("out of order")).to_be_visible()
    sign_in(keeper, manager_of(cmm.owner), "/equipment/desk/")
    keeper.get_by_role("button", name="It works again").click()
    expect(keeper.get_by_text("It works again. Whom it concerns has been told.")).to_be_visible()
    assert Outage.objects.get().ends_at is not None


def test_the_calendar_is_walked_by_keyboard(new_page, cmm, engineer):
    """The Tab key comes to it once; the arrows go from hour to hour, Page Down to the next week, Enter books."""
    day = day_after_next()
    booked(cmm, day.replace(hour=1))
    page = new_page(**DESK)
    sign_in(page, engineer, "/equipment/")
    page.goto(f"/equipment/{cmm.pk}/calendar/?day={day:%Y-%m-%d}")
    expect(page.get_by_role("grid")).to_be_visible()
    assert page.locator("[data-calendar] tbody [tabindex='0']").count() == 1

    page.locator("[data-calendar] tbody [tabindex='0']").focus()
    expect(_focused(page)).to_have_attribute("aria-label", f"Book {day:%a} {day.day} {day:%b}, 00:00")
    page.keyboard.press("ArrowDown")
    expect(_focused(page)).to_contain_text("01:00–02:00 booked")
    page.keyboard.press("ArrowRight")
    tuesday = day + timedelta(days=1)
    expect(_focused(page)).to_have_attribute("aria-label", f"Book {tuesday:%a} {tuesday.day} {tuesday:%b}, 01:00")
    page.keyboard.press("End")
    sunday = day + timedelta(days=6)
    expect(_focused(page)).to_have_attribute("aria-label", f"Book {sunday:%a} {sunday.day} {sunday:%b}, 01:00")
    page.keyboard.press("Home")
    expect(_focused(page)).to_contain_text("booked")

    page.keyboard.press("PageDown")
    page.wait_for_url(f"**day={day + timedelta(days=7):%Y-%m-%d}")
    page.locator("[data-calendar] tbody [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("From")).to_have_value("01:00")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Your request is sent.")).to_be_visible()
    assert Booking.objects.get(person=engineer).starts_at == day.replace(hour=1) + timedelta(days=7)


def _focused(page):
    return page.locator(":focus")


def test_the_calendar_is_a_list_of_days_on_a_phone(new_page, cmm, engineer):
    day = day_after_next()
    booked(cmm, day, hours=2, person=engineer, status=BookingStatus.APPROVED)
    page = new_page(viewport={"width": 360, "height": 800}, has_touch=True)
    sign_in(page, engineer, "/equipment/")
    page.goto(f"/equipment/{cmm.pk}/calendar/?day={day:%Y-%m-%d}")
    expect(page.locator(".calendar-wide")).to_be_hidden()
    monday_card = page.locator(".calendar-days .card").first
    expect(monday_card.get_by_role("listitem")).to_have_text(
        ["00:00–14:00 free", "14:00–16:00 your booking", "16:00–24:00 free"]
    )
    monday_card.get_by_role("link", name="16:00–24:00 free").tap()
    expect(page.get_by_label("From")).to_have_value("16:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_a_time_is_booked_and_cancelled(new_page, engineer):
    mill = shared("Mill")
    booked(mill, monday("10:00"))
    page = new_page(java_script_enabled=False, **DESK)
    sign_in(page, engineer, "/equipment/")
    page.goto(f"/equipment/{mill.pk}/calendar/?day={monday():%Y-%m-%d}")
    page.get_by_role("link", name=f"Book Mon {monday().day} {monday():%b}, 11:00").click()
    page.get_by_label("From").fill("10:30")
    page.get_by_role("button", name="Book it").click()
    page.get_by_role("button", name="11:00–12:30").click()
    expect(page.get_by_text("It is yours: the time is booked.")).to_be_visible()
    page.get_by_text("Cancel the booking").first.click()
    page.get_by_role("button", name="Cancel the booking").click()
    assert Booking.objects.get(person=engineer).status == "cancelled"
    assert Booking.objects.get(person=engineer).starts_at.astimezone(SEOUL).hour == 11
