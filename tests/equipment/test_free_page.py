"""Free on these dates: choose a time first, see all that is free then, whoever owns it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from equipment.models import Outage
from tests.equipment.test_directory import count_beside, exported, rows, shared, total
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, seoul
from tests.factories.organisations import listed
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db

FREE = "/equipment/free/"
MONDAY = "day=2027-03-01&from=14:00&to=16:00"


def page(client: Client, query: str = MONDAY, **more) -> str:
    return client.get(f"{FREE}?{query}", headers={"accept-language": "en"}, **more).content.decode()


def open_to_all(**facts):
    return shared(access="anyone", **facts)


def test_what_is_booked_then_is_not_shown_and_what_is_booked_beside_it_is(client):
    taken, free = open_to_all(), open_to_all()
    booked(taken, seoul("2027-03-01 15:00"))
    booked(free, seoul("2027-03-01 13:00"))
    booked(free, seoul("2027-03-01 16:00"))
    html = page(client)

    assert rows(html) == [free.pk]
    assert total(html) == "1"


def test_nor_what_is_out_of_order_retired_or_closed(client):
    serviced = open_to_all()
    Outage.objects.create(
        equipment=serviced,
        kind="planned",
        starts_at=seoul("2027-03-01 09:00"),
        ends_at=seoul("2027-03-01 15:00"),
        reason="Service",
        reported_by=UserFactory(),
    )
    retired = open_to_all()
    retired.status = "retired"
    retired.save()
    open_to_all(opening_hours=[{"weekday": 0, "opens": "09:00", "closes": "15:00"}])
    free = open_to_all(opening_hours=[{"weekday": 0, "opens": "09:00", "closes": "18:00"}])

    assert rows(page(client)) == [free.pk]


def test_filters_count_what_is_free(client):
    taken, free = open_to_all(maker="Zeiss"), open_to_all(maker="Zeiss")
    booked(taken, seoul("2027-03-01 15:00"))
    open_to_all(maker="Leitz")
    html = page(client)

    assert (count_beside(html, "maker", "Zeiss"), count_beside(html, "maker", "Leitz")) == ("1", "1")
    assert rows(page(client, f"{MONDAY}&maker=Zeiss")) == [free.pk]
    assert rows(page(client, f"{MONDAY}&q=zeiss")) == [free.pk]


def test_a_filter_is_kept_when_the_time_changes_and_the_time_when_a_filter_does(client):
    open_to_all(maker="Zeiss")
    html = page(client, f"{MONDAY}&maker=Zeiss")

    assert html.count('<input type="hidden" name="maker" value="Zeiss">') == 1
    assert html.count('<input type="hidden" name="day" value="2027-03-01">') == 1


def test_each_row_tells_the_price_the_training_and_leads_to_booking_that_time(client_for):
    member = colleague_at(listed())
    machine = open_to_all(rates=[{"user_class": "member", "krw_per_hour": 40_000}], training="A day in the laboratory")
    html = page(client_for(member))

    assert "₩80,000" in html
    assert "needed" in html
    assert f'href="/equipment/{machine.pk}/book/?start=2027-03-01T05:00Z&amp;end=2027-03-01T07:00Z"' in html


def test_what_is_not_open_to_the_reader_is_shown_without_a_way_to_book_it(client_for):
    machine = shared(access="mini_cluster")
    html = page(client_for(colleague_at(listed())))

    assert rows(html) == [machine.pk]
    assert f"/equipment/{machine.pk}/book/" not in html
    assert "not open to you" in html


def test_a_visitor_learns_of_what_is_public_alone(client):
    shared(access="members")
    shared(access="owner")

    assert total(page(client)) == "0"


def test_times_are_of_the_readers_clock(client_for):
    machine = open_to_all()
    booked(machine, seoul("2027-03-01 15:00"))
    in_new_york = UserFactory(time_zone="America/New_York", language="en")

    assert rows(page(client_for(in_new_york))) == [machine.pk]
    assert rows(page(client_for(in_new_york), "day=2027-03-01&from=01:00&to=02:00")) == []


def test_over_night_and_over_days(client):
    machine = open_to_all()
    booked(machine, seoul("2027-03-02 03:00"))

    assert rows(page(client, "day=2027-03-01&from=22:00&to=02:00&until=2027-03-02")) == [machine.pk]
    assert rows(page(client, "day=2027-03-01&from=22:00&to=04:00&until=2027-03-02")) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("day=2027-03-01&from=16:00&to=14:00", "The end isn&#x27;t after the beginning"),
        ("day=nonsense&from=14:00&to=16:00", "Enter a valid date."),
        ("day=2027-03-01", "This field is required."),
        ("day=2027-03-01&from=14:00&to=16:00&until=2028-03-01", "Look at three months at most."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(client, query, told):
    open_to_all()
    html = page(client, query)

    assert told in html
    assert rows(html) == []


def test_an_hour_that_comes_twice_is_asked_about(client_for):
    open_to_all()
    reader = client_for(UserFactory(time_zone="America/New_York", language="en"))
    html = page(reader, "day=2027-11-07&from=01:30&to=03:00")

    assert "shows 01:30 twice" in html
    assert rows(html) == []
    [first, _second] = re.findall(r'name="starts_meant" value="([^"]+)"', html)
    assert len(rows(page(reader, f"day=2027-11-07&from=01:30&to=03:00&starts_meant={first}"))) == 1


def test_what_is_taken_then_is_told_with_the_nearest_free_time(client):
    taken = open_to_all(name_en="Taken machine")
    start = (timezone.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    booked(taken, start, hours=2)
    local = timezone.localtime(start)
    query = f"day={local:%Y-%m-%d}&from={local:%H:%M}&to={local + timedelta(hours=1):%H:%M}"
    query += f"&until={local + timedelta(hours=1):%Y-%m-%d}"
    html = page(client, query)

    assert rows(html) == []
    assert "Nothing is free then" in html
    assert "Taken machine" in html
    assert f"{start + timedelta(hours=2):start=%Y-%m-%dT%H:%MZ}" in html


def test_an_export_has_exactly_what_is_free(client):
    taken, free = open_to_all(name_en="Taken"), open_to_all(name_en="Free")
    booked(taken, seoul("2027-03-01 15:00"))
    response = client.get(f"{FREE}?{MONDAY}&format=csv")

    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert (free.name_en in text, taken.name_en in text) == (True, False)
    assert len(exported(client)) == 2


def test_one_row_or_three_cost_the_same_queries(client_for, django_assert_num_queries):
    reader = client_for(colleague_at(listed()))
    open_to_all(training="A day")
    page(reader)
    with django_assert_num_queries(11):
        page(reader)
    for _more in range(2):
        open_to_all(training="A day")
    with django_assert_num_queries(11):
        page(reader)
