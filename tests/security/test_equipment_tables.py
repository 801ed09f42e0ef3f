"""Every status x action x role of shared equipment: what the tables say is what happens, and nothing else."""

import pytest

from ecluster.accounts.models import User
from ecluster.workflow import StatusTable, move
from equipment.models import Equipment, WaitingEntry
from equipment.statuses import BOOKING, EQUIPMENT, WAITING, BookingStatus, EquipmentStatus, WaitingStatus
from tests.factories.equipment import booked, monday
from tests.security.equipment_cases import KEEPERS, THEIRS
from tests.security.test_status_tables import expected, in_status, outcome
from tests.site.addresses import ADMINISTRATORS, EDITORS, EVERYBODY
from tests.site.town import Town

pytestmark = pytest.mark.django_db

# Whose each action is where it is open; where the table leaves it to the action, everybody's.
BOOKING_IS_FOR = {
    **dict.fromkeys(("approve", "decline", "miss"), KEEPERS),
    **dict.fromkeys(("cancel", "finish"), THEIRS),
    **dict.fromkeys(("grant", "lose", "settle"), EVERYBODY),
}
EQUIPMENT_IS_FOR = {
    **dict.fromkeys(("retire", "reinstate"), EDITORS),
    **dict.fromkeys(("load_retired", "load_working"), ADMINISTRATORS),
    **dict.fromkeys(("break_down", "repair"), EVERYBODY),
}
WAITING_IS_FOR = dict.fromkeys(("offer", "take", "lapse", "withdraw"), EVERYBODY)


def check(town: Town, row, table: StatusTable, whose: dict[str, set[str]], status: str) -> None:
    people = {role: User.objects.get(pk=p.pk) if p.pk else p for role, p in town.people.items()}
    model, steps = type(row), [(action, role) for action in whose for role in sorted(EVERYBODY)]

    def act(action: str, role: str) -> str:
        return outcome(lambda: move(model.objects.get(pk=row.pk), action, by=people[role]))

    assert {step.action for step in table.rows} == set(whose)
    assert {step: act(*step) for step in steps} == {
        (action, role): expected(table, action, status, role in whose[action]) for action, role in steps
    }


@pytest.mark.parametrize("status", BookingStatus)
def test_a_booking_moves_as_its_table_says(town: Town, status):
    booking = in_status(booked(town.machine, monday(), person=town.people["newcomer"]), status)
    check(town, booking, BOOKING, BOOKING_IS_FOR, status)


@pytest.mark.parametrize("status", EquipmentStatus)
def test_a_machine_moves_as_its_table_says(town: Town, status):
    check(town, in_status(Equipment.objects.get(pk=town.machine.pk), status), EQUIPMENT, EQUIPMENT_IS_FOR, status)


@pytest.mark.parametrize("status", WaitingStatus)
def test_who_waits_moves_as_their_table_says(town: Town, status):
    facts = {"person": town.people["newcomer"], "starts_at": monday("10:00"), "ends_at": monday("11:00")}
    entry = WaitingEntry.objects.create(equipment=town.machine, offered_until=monday("09:00"), **facts)
    check(town, in_status(entry, status), WAITING, WAITING_IS_FOR, status)
