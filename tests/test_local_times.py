"""What a clock shows, as an instant, also on the days on which it is changed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from ecluster.local_times import LocalTimesForm, Never, Once, Twice, read_instant, resolve, write_instant

SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestAClock:
    @pytest.mark.parametrize(
        ("clock", "instant"),
        [
            ("2027-03-13 10:00", "2027-03-13 15:00"),  # the day before the clocks go forward
            ("2027-03-14 01:59", "2027-03-14 06:59"),
            ("2027-03-14 03:00", "2027-03-14 07:00"),
            ("2027-03-14 10:00", "2027-03-14 14:00"),
            ("2027-11-06 10:00", "2027-11-06 14:00"),  # the day before they go back
            ("2027-11-07 00:59", "2027-11-07 04:59"),
            ("2027-11-07 02:00", "2027-11-07 07:00"),
        ],
    )
    def test_in_new_york_shows_the_hour_of_its_season(self, clock, instant):
        assert resolve(shown(clock), NEW_YORK) == Once(utc(instant))

    def test_in_new_york_shows_an_hour_twice_in_autumn(self):
        assert resolve(shown("2027-11-07 01:30"), NEW_YORK) == Twice(utc("2027-11-07 05:30"), utc("2027-11-07 06:30"))

    def test_in_new_york_leaves_an_hour_out_in_spring(self):
        """02:30 would be 01:30 by the old time and 03:30 by the new."""
        assert resolve(shown("2027-03-14 02:30"), NEW_YORK) == Never(utc("2027-03-14 06:30"), utc("2027-03-14 07:30"))

    @pytest.mark.parametrize("day", ["2027-03-14", "2027-11-07"])
    def test_in_seoul_is_never_changed(self, day):
        assert resolve(shown(f"{day} 02:30"), SEOUL) == Once(utc(f"{day} 02:30") - SEOUL.utcoffset(shown(day)))

    def test_in_seoul_was_changed_in_1987(self):
        assert isinstance(resolve(shown("1987-05-10 02:30"), SEOUL), Never)


class TestAnInstantInAnAddress:
    def test_is_read_as_it_was_written(self):
        moment = datetime(2027, 3, 1, 10, 0, tzinfo=SEOUL)
        assert write_instant(moment) == "2027-03-01T01:00Z"
        assert read_instant(write_instant(moment)) == moment

    def test_without_an_offset_is_the_readers_clock(self):
        with timezone.override(NEW_YORK):
            assert read_instant("2027-03-13T10:00") == utc("2027-03-13 15:00")

    @pytest.mark.parametrize("text", ["", "tomorrow", "2027-02-30T10:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00"])
    def test_that_is_none_is_nothing(self, text):
        assert read_instant(text) is None


class Appointment(LocalTimesForm):
    day = forms.DateField()
    starts = forms.TimeField(label="From")
    ends = forms.TimeField(label="To")

    def clean(self) -> None:
        given = self.cleaned_data
        given["starts_at"] = self.instant("starts", datetime.combine(given["day"], given["starts"]))
        given["ends_at"] = self.instant("ends", datetime.combine(given["day"], given["ends"]))


def filled(**typed) -> Appointment:
    return Appointment({"day": "2027-11-07", "starts": "01:30", "ends": "04:00"} | typed, zone=NEW_YORK)


class TestAForm:
    def test_takes_a_time_that_exists_once(self):
        form = filled(starts="00:30")
        assert form.is_valid()
        assert form.cleaned_data["starts_at"] == utc("2027-11-07 04:30")
        assert form.with_questions("day starts ends") == "day starts ends"

    def test_asks_which_of_two_is_meant_and_keeps_what_was_typed(self):
        form = filled()
        assert form.errors == {
            "starts_meant": ["On 7 Nov 2027 your clock is put back and shows 01:30 twice: choose which one you mean."]
        }
        assert list(form.fields) == ["day", "starts", "starts_meant", "ends"]
        assert form.fields["starts_meant"].choices == [
            ("2027-11-07T05:30Z", "the first 01:30 (UTC−04:00), before the clock is put back"),
            ("2027-11-07T06:30Z", "the second 01:30 (UTC−05:00), after the clock was put back"),
        ]
        assert form["starts"].value() == "01:30"

    def test_asks_what_is_meant_by_a_time_that_never_comes(self):
        form = filled(day="2027-03-14", starts="02:30")
        assert form.errors == {
            "starts_meant": [
                "On 14 Mar 2027 your clock is put forward and never shows 02:30: choose the time you mean."
            ]
        }
        assert [label for _, label in form.fields["starts_meant"].choices] == ["01:30 (UTC−05:00)", "03:30 (UTC−04:00)"]

    def test_takes_the_answer_and_keeps_the_question(self):
        form = filled(starts_meant="2027-11-07T06:30Z")
        assert form.is_valid()
        assert form.cleaned_data["starts_at"] == utc("2027-11-07 06:30")
        assert form.with_questions("starts ends") == "starts starts_meant ends"

    def test_asks_again_where_the_answer_was_to_another_question(self):
        form = filled(starts="01:45", starts_meant="2027-11-07T06:30Z")
        assert list(form.errors) == ["starts_meant"]

    def test_asks_about_both_ends(self):
        form = filled(ends="01:45")
        assert list(form.errors) == ["starts_meant", "ends_meant"]
