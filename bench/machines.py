"""Fills the database with shared machines and their bookings, fast: the rows that the actions would have made."""

import random
from datetime import time

from django.db import connection, transaction

from ecluster.accounts.models import User
from ecluster.search.engine import index
from equipment.models import Access, BookingPolicy, Equipment, OpeningHours, Rate, UserClass
from members.models import Organisation, Term

BATCH = 1_000
KINDS = [
    "3차원 측정기",
    "5축 가공기",
    "전자현미경",
    "인장시험기",
    "열처리로",
    "레이저 절단기",
    "X선 회절기",
    "진공 챔버",
]
ENGLISH = ["Coordinate measuring machine", "Five-axis mill", "Electron microscope", "Tensile tester", "Furnace"]

# A booking a day of each machine, half of them over; of one or two hours, begun between 8 and 16 o'clock.
_BOOKINGS = """
INSERT INTO equipment_booking (created_at, updated_at, is_demo, equipment_id, person_id, starts_at, ends_at, held_from,
    held_until, status, purpose, is_operated, override_reason, decision_note, is_late_cancellation, user_class,
    krw_per_hour, used_minutes, cost_krw, remarks)
SELECT now(), now(), false, machine, person, starts, ends, starts, ends,
    CASE WHEN is_over THEN 'done' ELSE 'approved' END, '', false, '', '', false, 'member',
    30000, CASE WHEN is_over THEN minutes END, CASE WHEN is_over THEN minutes * 500 ELSE 0 END, ''
FROM (
    SELECT e.id AS machine, (%(people)s)[1 + (e.id + n) %% %(number)s] AS person, n < %(half)s AS is_over, starts,
        60 + 60 * (e.id %% 2) AS minutes, starts + (1 + e.id %% 2) * interval '1 hour' AS ends
    FROM equipment_equipment e
    CROSS JOIN generate_series(0, %(each)s - 1) n
    CROSS JOIN LATERAL (
        SELECT date_trunc('day', now(), 'Asia/Seoul') + (n - %(half)s) * interval '1 day'
            + (8 + (e.id * 7 + n * 3) %% 8) * interval '1 hour' AS starts
    ) AS day
    WHERE n <> %(half)s
) AS drawn
"""


def populate(number: int, bookings_each: int) -> None:
    """`number` machines of the organisations that are there, each booked so often."""
    chance = random.Random(number)
    terms = {kind: list(Term.objects.filter(kind=kind)) for kind in (Term.Kind.EQUIPMENT, Term.Kind.REGION)}
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, number, BATCH):
        with transaction.atomic():
            _batch(range(start, min(start + BATCH, number)), chance, owners, terms)
    people = list(User.objects.values_list("pk", flat=True))
    facts = {"people": people, "number": len(people), "each": bookings_each + 1, "half": bookings_each // 2}
    with connection.cursor() as cursor:
        cursor.execute(_BOOKINGS, facts)
        print(f"  {number:,} machines, {cursor.rowcount:,} bookings")


def _batch(numbers: range, chance: random.Random, owners: list[int], terms) -> None:
    made = Equipment.objects.bulk_create(_machine(n, chance, owners, terms) for n in numbers)
    Rate.objects.bulk_create(
        Rate(equipment=machine, user_class=user_class, krw_per_hour=30_000)
        for machine in made
        for user_class in (UserClass.MEMBER, UserClass.OUTSIDER)
    )
    # The first has none: it is what the bench books.
    policies = [BookingPolicy(equipment=m, buffer_after=15, longest=480) for m in made[1::2]]
    BookingPolicy.objects.bulk_create(policies)
    OpeningHours.objects.bulk_create(
        OpeningHours(equipment=machine, weekday=weekday, opens=time(8), closes=time(20))
        for machine in made[1::3]
        for weekday in range(5)
    )
    index(list(Equipment.objects.filter(pk__in=[machine.pk for machine in made])))


def _machine(number: int, chance: random.Random, owners: list[int], terms) -> Equipment:
    return Equipment(
        owner_id=chance.choice(owners),
        name_ko=f"{chance.choice(KINDS)} {number}",
        name_en=f"{chance.choice(ENGLISH)} {number}",
        maker=chance.choice(["Zeiss", "Okuma", "Mitutoyo", "Hwacheon"]),
        model=f"M{number % 400}",
        category=chance.choice(terms[Term.Kind.EQUIPMENT]) if terms[Term.Kind.EQUIPMENT] else None,
        region=chance.choice(terms[Term.Kind.REGION]),
        access=chance.choices([Access.MEMBERS, Access.ANYONE, Access.OWNER], [70, 20, 10])[0] if number else "members",
    )
