"""Whose the actions of shared equipment are. The machine is the manager's, open to anyone; the booking a newcomer's."""

from datetime import date, timedelta

from django.utils import timezone

from equipment.actions import bookings, changing, deciding, feeds, logging, machines, outages, series, waiting
from equipment.models import Equipment, Series, Training, WaitingEntry
from equipment.statuses import BookingStatus, EquipmentStatus, WaitingStatus
from tests.factories.equipment import booked, down, monday
from tests.files.samples import picture, upload
from tests.security.cases import Case
from tests.site.addresses import ADMINISTRATORS, EDITORS, SIGNED_IN
from tests.site.town import Town

KEEPERS = {"manager"}
THEIRS = {"newcomer", "manager"}  # whose the booking is, and who keeps the machine
LOADERS = EDITORS | ADMINISTRATORS
LONG_AGO = timedelta(days=3)
REASON = {"reason": "Because"}


def _machine(town: Town) -> dict:
    return {"machine": town.machine}


def _open_machine(town: Town) -> Equipment:
    """Nobody has to learn anything to use it."""
    town.machine.training = ""
    town.machine.save(update_fields=["training"])
    return town.machine


def _equipment(town: Town) -> dict:
    return {"equipment": _open_machine(town)}


def _retired(town: Town) -> dict:
    town.machine.status = EquipmentStatus.RETIRED
    town.machine.save(update_fields=["status"])
    return _machine(town)


def _time(start: str = "10:00", end: str = "11:00") -> dict:
    return {"starts_at": monday(start), "ends_at": monday(end)}


def _booking(town: Town, **facts) -> dict:
    facts = {"person": town.people["newcomer"]} | facts
    start = facts.pop("starts_at", monday())
    return {"booking": booked(_open_machine(town), start, **facts)}


def _members_booking(town: Town) -> dict:
    return _booking(town, person=town.people["member"], organisation=town.organisation)


def _taken(town: Town) -> dict:
    _booking(town)
    return _equipment(town) | _time()


def _request(town: Town) -> dict:
    return _booking(town, status=BookingStatus.REQUESTED)


def _used(town: Town) -> dict:
    return _booking(town, starts_at=timezone.now() - LONG_AGO)


def _outage(town: Town) -> dict:
    return {"outage": down(town.machine, timezone.now() - LONG_AGO)}


def _planned(town: Town) -> dict:
    return {"outage": down(town.machine, monday("10:00"), monday("11:00"))}


def _entry(town: Town, **facts) -> dict:
    facts = _equipment(town) | {"person": town.people["newcomer"]} | _time() | facts
    return {"entry": WaitingEntry.objects.create(**facts)}


def _offer(town: Town) -> dict:
    return _entry(town, status=WaitingStatus.OFFERED, offered_until=timezone.now() + timedelta(hours=1))


def _series(town: Town) -> dict:
    facts = {"time_zone": "Asia/Seoul", "until": monday().date(), "person": town.people["newcomer"]}
    series = Series.objects.create(equipment=town.machine, **facts)
    booked(town.machine, monday(), series=series, person=series.person)
    return {"series": series}


def _weekly(town: Town) -> dict:
    start = monday("15:00").replace(tzinfo=None)
    return _equipment(town) | {"time_zone": "Asia/Seoul", "first_start_local": start, "minutes": 60, "count": 2}


def _training(town: Town) -> dict:
    facts = {"equipment": town.machine, "person": town.people["newcomer"], "passed_on": date(2026, 1, 5)}
    return {"training": Training.objects.get_or_create(**facts)[0]}


def _file(town: Town) -> dict:
    by = town.people["manager"]
    return {"file": machines.add_picture(machine=town.machine, by=by, upload=upload(picture(), "a.png"))}


EQUIPMENT_CASES = [
    Case(bookings.request, SIGNED_IN, lambda t: _equipment(t) | _time()),
    Case(deciding.approve, KEEPERS, _request),
    Case(deciding.decline, KEEPERS, lambda t: _request(t) | REASON),
    Case(changing.cancel, THEIRS, lambda t: _booking(t) | REASON),
    Case(changing.move_to, THEIRS, lambda t: _booking(t) | _time("13:00", "14:00")),
    Case(changing.hand_over, {"member", "manager"}, lambda t: _members_booking(t) | {"to": t.people["manager"]}),
    Case(outages.plan_outage, KEEPERS, lambda t: _equipment(t) | _time() | REASON),
    Case(outages.report_outage, SIGNED_IN, lambda t: _equipment(t) | REASON),
    Case(outages.end_outage, KEEPERS, _outage),
    Case(outages.withdraw_outage, KEEPERS, _planned),
    Case(logging.finish, THEIRS, _used),
    Case(logging.miss, KEEPERS, _used),
    Case(series.make_series, SIGNED_IN, _weekly),
    Case(series.cancel_rest, {"newcomer"}, _series),
    Case(waiting.wait_for, SIGNED_IN, _taken),
    Case(waiting.take, {"newcomer"}, _offer),
    Case(waiting.withdraw, {"newcomer"}, _entry),
    Case(feeds.renew_feed, SIGNED_IN, lambda t: {}),
    Case(feeds.stop_feed, SIGNED_IN, lambda t: {}),
    Case(machines.create, LOADERS, lambda t: {"owner": t.organisation, "name_en": "Lathe"}),
    Case(machines.update, LOADERS, lambda t: _machine(t) | {"maker": "Zeiss"}),
    Case(machines.add_picture, LOADERS, lambda t: _machine(t) | {"upload": upload(picture(), "a.png")}),
    Case(machines.add_document, LOADERS, lambda t: _machine(t) | {"upload": upload(picture(), "a.png")}),
    Case(machines.remove_file, LOADERS, lambda t: _machine(t) | _file(t)),
    Case(machines.retire, LOADERS, _machine),
    Case(machines.reinstate, LOADERS, _retired),
    Case(machines.record_training, KEEPERS, lambda t: _machine(t) | {"person": t.people["newcomer"]}),
    Case(machines.revoke_training, KEEPERS, _training),
]
