"""Fills an empty database with organisations by the thousand, fast: the rows that the actions would have made.

Drawn with a fixed seed, so that words of known frequency exist: 정밀 in a quarter of all names, 초경공구 in two of a
hundred summaries, 희귀합금 in exactly three.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from ecluster.accounts.models import Appointment, Body, User
from ecluster.search.engine import index
from members.actions.counting import draw_up_changes
from members.models import (
    Affiliation,
    Expert,
    Industry,
    Membership,
    MembershipPeriod,
    MiniCluster,
    Organisation,
    OrganisationCertificate,
    OrganisationClass,
    OrganisationMaterial,
    OrganisationProcess,
    Term,
)
from members.statuses import ExpertStatus, MembershipStatus

BATCH = 2_000
MANAGED = 10
EXPERTS = 220
FIRST, LAST = "한대신동성삼우진태광영창세명남경해금", "진성우원일화영광흥양도산호림"
TRADES = ["기계", "금속", "공업", "테크", "산업", "하이텍", "엔지니어링", "중공업", "전자", "소재"]
WORK = [
    "금형 설계와 사출",
    "5축 가공 부품",
    "자동차 변속기 기어",
    "공작기계 주축",
    "항공기 도어 패널",
    "열처리와 표면처리",
]
ENGLISH = ["precision machining", "injection moulds", "gear trains", "machine tool spindles", "castings", "coatings"]


def populate(size: int) -> None:
    """`size` listed organisations in five mini-clusters, and the people who sign in to be measured."""
    chance = random.Random(size)
    clusters = _mini_clusters()
    terms = {kind: list(Term.objects.filter(kind=kind)) for kind in Term.Kind.values}
    industries = list(Industry.objects.filter(scheme="ksic", level=3))
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        with transaction.atomic():
            _batch(numbers, chance, clusters, terms, industries)
        print(f"  {numbers.stop:>9,} of {size:,} organisations", end="\r", flush=True)
    print()
    draw_up_changes()
    _people(clusters)
    _experts(chance)


def _batch(numbers, chance, clusters, terms, industries) -> None:
    made = Organisation.objects.bulk_create(_organisation(n, chance, terms) for n in numbers)
    Organisation.industries.through.objects.bulk_create(
        Organisation.industries.through(organisation=o, industry=chance.choice(industries)) for o in made
    )
    OrganisationProcess.objects.bulk_create(_processes(made, chance, terms["process"]))
    OrganisationMaterial.objects.bulk_create(
        OrganisationMaterial(organisation=o, material=m) for o in made for m in chance.sample(terms["material"], 2)
    )
    OrganisationCertificate.objects.bulk_create(
        OrganisationCertificate(organisation=o, certificate=chance.choice(terms["certificate"])) for o in made
    )
    memberships = Membership.objects.bulk_create(
        Membership(organisation=o, mini_cluster=chance.choice(clusters), status=MembershipStatus.ACTIVE) for o in made
    )
    MembershipPeriod.objects.bulk_create(
        MembershipPeriod(
            membership=m, mini_cluster=m.mini_cluster, org_class=m.organisation.org_class, starts_on=_day(chance)
        )
        for m in memberships
    )
    index(list(Organisation.objects.filter(pk__in=[o.pk for o in made])))


def _organisation(number: int, chance: random.Random, terms) -> Organisation:
    precision = "정밀" if chance.random() < 0.25 else ""
    summary = chance.choice(WORK)
    if chance.random() < 0.02:
        summary += ", 초경공구 전문"
    if number in (7, 77, 177):
        summary += ", 희귀합금"
    name = chance.choice(FIRST) + chance.choice(LAST) + precision + chance.choice(TRADES)
    return Organisation(
        org_class=chance.choices(OrganisationClass.values, [75, 8, 12, 5])[0],
        name_ko=f"{name} {number}",
        name_en=f"{chance.choice(ENGLISH).split()[0].title()} Works {number}",
        summary_ko=summary,
        summary_en=chance.choice(ENGLISH),
        employees=int(chance.lognormvariate(3.2, 1.2)) + 1,
        region=chance.choice(terms["region"]),
        website=f"https://firm{number}.example",
        confirmed_on=date(2026, 11, 1) - timedelta(days=chance.randrange(1500)),
        completeness=60,
        is_listed=True,
    )


def _processes(made, chance: random.Random, processes) -> Iterator[OrganisationProcess]:
    for organisation in made:
        for position, process in enumerate(chance.sample(processes, 3)):
            yield OrganisationProcess(organisation=organisation, process=process, is_core=position == 0)


def _day(chance: random.Random) -> date:
    return date(2004, 4, 1) + timedelta(days=chance.randrange(8000))


def _mini_clusters() -> list[MiniCluster]:
    return [
        MiniCluster.objects.create(
            slug=f"field-{n}",
            name_ko=f"분야 {n}",
            name_en=f"Field {n}",
            position=n,
            team=Body.objects.create(
                kind=Body.Kind.MINI_CLUSTER_TEAM, name_ko=f"분야 {n} 팀", name_en=f"Field {n} team"
            ),
        )
        for n in range(1, 6)
    ]


def _people(clusters: list[MiniCluster]) -> None:
    """A manager of the first organisations, and a coordinator of the first mini-cluster."""
    manager = User.objects.create_user("manager@bench.example", name_en="Manager")
    Affiliation.objects.bulk_create(
        Affiliation(user=manager, organisation=organisation, is_manager=True)
        for organisation in Organisation.objects.order_by("pk")[:MANAGED]
    )
    coordinator = User.objects.create_user("coordinator@bench.example", name_en="Coordinator")
    Appointment.objects.create(
        user=coordinator, body=clusters[0].team, office="coordinator", starts_on=date(2020, 1, 1)
    )
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={})


def _experts(chance: random.Random) -> None:
    specialities = list(Term.objects.filter(kind=Term.Kind.PROCESS))
    for number in range(EXPERTS):
        expert = Expert.objects.create(
            user=User.objects.create(email=f"expert{number}@bench.example", name_ko=f"전문가 {number}"),
            status=ExpertStatus.ACCEPTED,
            is_public=number % 3 > 0,
            headline_ko=f"{chance.choice(WORK)} 자문",
            biography_ko=f"{chance.choice(WORK)}, {chance.choice(WORK)}",
            in_rnd=True,
            languages=["ko"],
        )
        expert.specialities.set(chance.sample(specialities, 3))
    index(Expert.objects.all())
