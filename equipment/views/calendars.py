"""The calendar of one machine or of several, by day, week and month."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ecluster.local_times import offset_of
from ecluster.navigation import Link
from equipment.calendars.days import bounds, midnight, month_after, month_before, month_of, week_of
from equipment.calendars.lanes import Lane
from equipment.calendars.month import month
from equipment.calendars.spans import minutes
from equipment.calendars.week import Column, grid, lines
from equipment.calendars.words import day_label, month_label
from equipment.models import Equipment
from equipment.queries.calendars import chosen, first_day, lanes, suggested
from equipment.views.finding import machine_seen

WEEK = timedelta(days=7)
VIEWS = ("day", "week", "month")
YEARS = range(2000, 2200)


@dataclass(frozen=True)
class Asked:
    """Which days the address asks for; what it says wrongly is this week, or the next where this one is over."""

    query: QueryDict
    machines: list[Equipment]
    several: bool
    zone: ZoneInfo

    @cached_property
    def view(self) -> str:
        view = self.query.get("view", "")
        return view if view in VIEWS else "week"

    @cached_property
    def day(self) -> date:
        try:
            day = date.fromisoformat(self.query.get("day", ""))
        except ValueError:
            return self._first_day
        return day if day.year in YEARS else self._first_day

    @property
    def _first_day(self) -> date:
        return first_day(self.machines, self.today) if self.view == "week" else self.today

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def days(self) -> list[date]:
        return {"day": [self.day], "week": week_of(self.day), "month": month_of(self.day)}[self.view]

    @property
    def title(self) -> str:
        if self.view == "month":
            return month_label(self.day)
        first, last = self.days[0], self.days[-1]
        return day_label(first) + (f" – {day_label(last)}" if first != last else "") + f", {last.year}"

    def to(self, **changes) -> str:
        query = self.query.copy()
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    @property
    def previous(self) -> str:
        day = {"day": self.day - timedelta(days=1), "week": self.day - WEEK, "month": month_before(self.day)}[self.view]
        return self.to(day=day.isoformat())

    @property
    def next(self) -> str:
        day = {"day": self.day + timedelta(days=1), "week": self.day + WEEK, "month": month_after(self.day)}[self.view]
        return self.to(day=day.isoformat())

    @property
    def today_url(self) -> str:
        return self.to(day=self.today.isoformat())

    @property
    def tabs(self) -> list[Link]:
        labels = {"day": _("Day"), "week": _("Week"), "month": _("Month")}
        return [Link(labels[view], self.to(view=view), is_current=view == self.view) for view in VIEWS]


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_seen(request, pk)
    asked = _asked(request, [machine], several=False)
    context = _context(request, asked) | {"machine": machine}
    return render(request, "equipment/calendar.html", context)


def calendars(request: HttpRequest) -> HttpResponse:
    machines = chosen(request.GET.getlist("machine"), request.user)
    asked = _asked(request, machines, several=True)
    find = request.GET.get("find", "").strip()
    context = _context(request, asked) | {
        "find": find,
        "found": [(one, _with(request.GET, one)) for one in suggested(find, machines, request.user)],
        "shown": [(one, _without(request.GET, one)) for one in machines],
    }
    return render(request, "equipment/calendars.html", context)


def _asked(request: HttpRequest, machines: list[Equipment], *, several: bool) -> Asked:
    return Asked(request.GET, machines, several, timezone.get_current_timezone())  # type: ignore[arg-type]  # ours are ZoneInfo


def _context(request: HttpRequest, asked: Asked) -> dict:
    shown = lanes(asked.machines, *bounds(asked.days, asked.zone), request.user)
    local = midnight(asked.days[0], asked.zone).astimezone(asked.zone)
    return {
        "asked": asked,
        "zone": str(asked.zone),
        "offset": offset_of(local),
        "elsewhere": [one for one in asked.machines if one.time_zone != str(asked.zone)],
        "fragment": _fragment(asked, shown) if shown else None,
    }


def _fragment(asked: Asked, shown: list[Lane]) -> tuple[str, dict]:
    """The template and what it draws."""
    if asked.view == "month":
        weeks = month(shown, asked.days, asked.day, asked.today, asked.zone)
        return "equipment/calendar_month.html", {
            "weeks": weeks,
            "weekdays": [date_format(day.day, "D") for day in weeks[0]],
            "address": _day_address(asked),
        }
    if asked.view == "week" and asked.several:
        return "equipment/calendar_machines.html", _machines_by_days(asked, shown)
    return "equipment/calendar_hours.html", {"grid": grid(_columns(asked, shown), asked.zone)}


def _columns(asked: Asked, shown: list[Lane]) -> list[Column]:
    if asked.view == "week":
        return [Column(day, shown[0], day_label(day), is_today=day == asked.today) for day in asked.days]
    return [
        Column(asked.day, lane, lane.machine.name, f"{lane.machine.name}, {day_label(asked.day)}", _own(lane, asked))
        for lane in shown
    ]


def _own(lane: Lane, asked: Asked) -> str:
    return f"{reverse('equipment:calendar', args=[lane.machine.pk])}?day={asked.day.isoformat()}"


def _machines_by_days(asked: Asked, shown: list[Lane]) -> dict:
    """A row a machine, a column a day."""
    spans = [(day, *bounds([day], asked.zone)) for day in asked.days]
    rows = [
        (
            lane.machine,
            [(lines(lane, day, asked.zone), minutes(lane.free_in(start, end)), day) for day, start, end in spans],
        )
        for lane in shown
    ]
    heads = [(day_label(day), asked.to(view="day", day=day.isoformat()), day == asked.today) for day in asked.days]
    return {"rows": rows, "heads": heads}


def _day_address(asked: Asked):
    """To the hours of one day of the month."""
    view = "day" if asked.several else "week"
    return lambda day: asked.to(view=view, day=day.isoformat())


def _with(query: QueryDict, machine: Equipment) -> str:
    changed = query.copy()
    changed.pop("find", None)
    changed.appendlist("machine", str(machine.pk))
    return f"?{changed.urlencode()}"


def _without(query: QueryDict, machine: Equipment) -> str:
    changed = query.copy()
    changed.setlist("machine", [pk for pk in query.getlist("machine") if pk != str(machine.pk)])
    return f"?{changed.urlencode()}"
