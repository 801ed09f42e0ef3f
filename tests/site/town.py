"""A small cluster with one person of every role and one thing of every kind, for the guards that walk every address."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from ecluster.accounts.models import Appointment, Body
from ecluster.accounts.permissions import Role
from ecluster.files.actions import store
from ecluster.notifications.models import Notice
from equipment.actions import machines
from equipment.models import Access, Booking, Equipment, Outage, Series, WaitingEntry
from members.actions import organisations, people
from members.models import Invitation, Membership, MiniCluster, Organisation
from tests.factories import experts
from tests.factories.accounts import AppointmentFactory, BodyFactory, UserFactory, administrator, office_holder
from tests.factories.equipment import booked, down
from tests.factories.memberships import application_of
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of, operation_committee_member_of
from tests.factories.organisations import listed, process
from tests.factories.people import colleague_at, manager_of
from tests.files.samples import picture, upload

PLAIN_OFFICES = {
    "reviewer": Role.COMMITTEE_MEMBER,
    "chair": Role.COMMITTEE_CHAIR,
    "officer": Role.PROGRAMME_OFFICER,
    "finance": Role.FINANCE_OFFICER,
    "board": Role.ADVISORY_BOARD,
}


@dataclass
class Town:
    """`people` by the short name of their role; the first of them is nobody."""

    mini_cluster: MiniCluster
    organisation: Organisation
    people: dict = field(default_factory=dict)

    @cached_property
    def application(self) -> Membership:
        return application_of(mini_cluster=self.mini_cluster)

    @cached_property
    def invitation(self) -> Invitation:
        return people.invite(organisation=self.organisation, email="new@example.org", by=self.people["manager"])

    @cached_property
    def machine(self) -> Equipment:
        """Open to anyone; one has to learn it, and it costs what it costs."""
        return machines.create(
            by=self.people["manager"],
            owner=self.organisation,
            name_en="Coordinate measuring machine",
            access=Access.ANYONE,
            training="A day in the laboratory",
            ranges=[{"quantity": "length", "minimum": 0, "maximum": 500, "unit": "mm"}],
            rates=[{"user_class": "member", "krw_per_hour": 40_000}],
            opening_hours=[{"weekday": day, "opens": "00:00", "closes": "00:00"} for day in range(7)],
        )

    @cached_property
    def booking(self) -> Booking:
        """The member's, of the day after tomorrow."""
        return booked(self.machine, timezone.now() + timedelta(days=2), person=self.people["member"])

    @cached_property
    def body(self) -> Body:
        return BodyFactory()

    @cached_property
    def appointment(self) -> Appointment:
        return AppointmentFactory(body=self.body, office=Role.ADVISORY_BOARD)

    @cached_property
    def series(self) -> Series:
        person = self.people["member"]
        series = Series.objects.create(
            equipment=self.machine,
            person=person,
            time_zone="Asia/Seoul",
            until=timezone.localdate() + timedelta(days=9),
        )
        booked(self.machine, timezone.now() + timedelta(days=5), person=person, series=series)
        return series

    @cached_property
    def waiting(self) -> WaitingEntry:
        start = timezone.now() + timedelta(days=2)
        return WaitingEntry.objects.create(
            equipment=self.machine, person=self.people["member"], starts_at=start, ends_at=start + timedelta(hours=1)
        )

    @cached_property
    def outage(self) -> Outage:
        start = timezone.now() + timedelta(days=30)
        return down(self.machine, start, start + timedelta(hours=3))

    @cached_property
    def notice(self) -> Notice:
        return Notice.objects.create(
            user=self.people["member"], kind="members.membership", subject="Approved", channel="never"
        )


def build() -> Town:
    mini_cluster = MiniClusterFactory()
    town = Town(mini_cluster, listed(mini_cluster))
    town.people = _people(town)
    _fill_profile(town)
    experts.applicant()
    return town


def _people(town: Town) -> dict:
    return {
        "visitor": AnonymousUser(),
        "newcomer": UserFactory(),
        "member": colleague_at(town.organisation),
        "manager": manager_of(town.organisation),
        "outsider": manager_of(listed()),
        "expert": experts.expert().user,
        "coordinator": coordinator_of(town.mini_cluster),
        "other coordinator": coordinator_of(MiniClusterFactory()),
        "chief": office_holder(Role.CHIEF_COORDINATOR),
        "operation": operation_committee_member_of(town.mini_cluster),
        "admin": administrator(),
    } | {name: office_holder(office) for name, office in PLAIN_OFFICES.items()}


def _fill_profile(town: Town) -> None:
    who = {"organisation": town.organisation, "by": town.people["manager"]}
    organisations.set_processes(rows=[{"process": process(), "is_core": True, "tolerance_um": 5}], **who)
    organisations.set_machines(rows=[{"name": "Grinder", "maker": "Okuma", "quantity": 2}], **who)
    organisations.set_needs(rows=[{"kind": "partner", "text": "A partner for coatings"}], **who)
    organisations.set_products(rows=[{"name_en": "Spindle"}], **who)
    store(
        upload=upload(picture(), "spindle.png"),
        target=town.organisation.products.get(),
        by=town.people["manager"],
    )


def grow(town: Town) -> None:
    """Two more of everything that stands in a list."""
    for number in range(2):
        machine = machines.create(
            by=town.people["manager"],
            owner=town.organisation,
            name_en=f"Machine {number}",
            access=Access.ANYONE,
            training="A day",
        )
        machines.record_training(machine=machine, person=town.people["member"], by=town.people["manager"])
        listed(town.mini_cluster)
        application_of(mini_cluster=town.mini_cluster)
        colleague_at(town.organisation)
        people.invite(organisation=town.organisation, email=f"newer{number}@example.org", by=town.people["manager"])
        experts.past_work(experts.expert())
        experts.applicant()
        coordinator_of(town.mini_cluster)
        AppointmentFactory(body=town.body, office=Role.ADVISORY_BOARD)
        Notice.objects.create(user=town.people["member"], kind="members.membership", subject="Again", channel="never")
