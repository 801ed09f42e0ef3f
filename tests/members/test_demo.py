"""The demo is the Changwon cluster as the paper reports it. It is built once for all tests in this file."""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.utils import timezone, translation

from ecluster import demo
from ecluster.accounts.models import Appointment, User
from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from ecluster.management.commands.check_invariants import problems
from ecluster.notifications.models import Notice
from ecluster.records import Record
from members.demo import build
from members.demo.plans import all_plans
from members.demo.setting import DEMO_DOMAIN, DEMO_PASSWORD, Setting
from members.models import (
    Affiliation,
    Engagement,
    Expert,
    Goal,
    Industry,
    Membership,
    MembershipPeriod,
    MiniCluster,
    Organisation,
    OrganisationProcess,
    Product,
    Term,
)
from members.statuses import ExpertStatus, MembershipStatus

pytestmark = pytest.mark.django_db

TABLE_1 = {
    "Machine Tool": {"company": 55, "rnd_centre": 3, "university": 13, "support_agency": 6},
    "Die & Mold": {"company": 50, "rnd_centre": 5, "university": 10, "support_agency": 7},
    "Transportational Equipment": {"company": 55, "rnd_centre": 9, "university": 9, "support_agency": 3},
    "Mechatronics": {"company": 94, "rnd_centre": 3, "university": 11, "support_agency": 4},
    "Metal & Material": {"company": 67, "rnd_centre": 13, "university": 14, "support_agency": 3},
}
ACCOUNTS = {
    "manager": {Role.MEMBER, Role.ORGANISATION_MANAGER},
    "member": {Role.MEMBER},
    "expert": {Role.EXPERT},
    "coordinator": {Role.COORDINATOR},
    "chief": {Role.CHIEF_COORDINATOR},
    "reviewer": {Role.COMMITTEE_MEMBER},
    "chair": {Role.COMMITTEE_CHAIR},
    "operation": {Role.OPERATION_COMMITTEE},
    "officer": {Role.PROGRAMME_OFFICER},
    "finance": {Role.FINANCE_OFFICER},
    "board": {Role.ADVISORY_BOARD},
    "admin": {Role.ADMINISTRATOR},
}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Builds the demo for this file and takes it away after it; what the building told line by line."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with demo.building(), translation.override("en"):
            build(lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def changwon(told, db):
    """Every test here stands on the demo."""


def table_1(day: date) -> dict[str, dict[str, int]]:
    counted = MembershipPeriod.objects.on(day).values_list("mini_cluster__name_en", "org_class").annotate(Count("pk"))
    table: dict[str, dict[str, int]] = {}
    for name, org_class, number in counted:
        table.setdefault(name, {})[org_class] = number
    return table


def person(account: str) -> User:
    return User.objects.get(email=f"{account}@{DEMO_DOMAIN}")


class TestTheMembers:
    def test_of_2006_are_table_1_of_the_paper_cell_by_cell(self):
        assert table_1(date(2006, 12, 31)) == TABLE_1

    def test_of_today_are_the_same_because_nobody_left(self):
        assert table_1(timezone.localdate()) == TABLE_1

    def test_add_up_to_the_papers_totals(self):
        by_class = Counter(MembershipPeriod.objects.on(date(2006, 12, 31)).values_list("org_class", flat=True))
        assert by_class == {"company": 321, "rnd_centre": 33, "university": 57, "support_agency": 23}
        assert Membership.objects.active().count() == 434

    @pytest.mark.parametrize("day", [date(2004, 5, 31), date(2004, 12, 31), date(2005, 2, 28)])
    def test_were_50_at_the_initial_stage(self, day):
        assert MembershipPeriod.objects.on(day).count() == 50

    def test_were_none_before_the_mini_clusters_were_kicked_off(self):
        assert MembershipPeriod.objects.on(date(2004, 4, 1)).count() == 0
        assert set(MiniCluster.objects.values_list("founded_on", flat=True)) == {date(2004, 4, 1)}

    def test_grew_in_every_quarter_from_2005_to_2006(self):
        quarters = [date(year, month, 28) for year in (2005, 2006) for month in (3, 6, 9, 12)]
        numbers = [MembershipPeriod.objects.on(day).count() for day in quarters]
        assert numbers == sorted(set(numbers))
        assert numbers[-1] == 434

    def test_of_several_mini_clusters_are_one_organisation(self):
        university = Organisation.objects.get(name_en="Changwon National University")
        assert university.memberships.active().count() == 5

    def test_are_all_in_the_directory_and_nobody_else_is(self):
        members = Organisation.objects.filter(memberships__status=MembershipStatus.ACTIVE).distinct().count()
        assert Organisation.objects.listed().count() == members


class TestThePeople:
    def test_are_38_staff_of_whom_34_coordinate(self):
        staff = Appointment.objects.in_force().filter(body__kind__in=["agency_team", "mini_cluster_team"])
        assert staff.values("user").distinct().count() == 38
        assert Counter(staff.values_list("office", flat=True)) == {
            Role.CHIEF_COORDINATOR: 2,
            Role.COORDINATOR: 32,
            Role.PROGRAMME_OFFICER: 2,
            Role.FINANCE_OFFICER: 1,
            Role.ADMINISTRATOR: 1,
        }

    def test_coordinate_in_five_teams(self):
        teams = Counter(Appointment.objects.in_force().filter(office=Role.COORDINATOR).values_list("body", flat=True))
        assert sorted(teams.values()) == [6, 6, 6, 7, 7]

    def test_of_committees_have_terms_some_of_which_are_over(self):
        committees = Appointment.objects.filter(body__kind="evaluation_committee")
        assert not committees.filter(ends_on=None).exists()
        assert committees.in_force().count() == 9
        assert committees.filter(ends_on__lt=timezone.localdate()).count() == 5

    def test_are_220_experts_in_the_pool_with_words_in_both_languages(self):
        pool = Expert.objects.filter(status=ExpertStatus.ACCEPTED)
        assert pool.count() == 220
        assert not pool.filter(biography_ko="").exists()
        assert not pool.filter(biography_en="").exists()
        assert not pool.filter(specialities=None).exists()

    def test_of_the_pool_have_worked_and_some_are_at_work(self):
        assert Engagement.objects.closed().exclude(rating=None).exists()
        assert Engagement.objects.open().exists()

    def test_manage_every_member_organisation(self):
        managed = Affiliation.objects.current().filter(is_manager=True).values("organisation")
        assert not Organisation.objects.listed().exclude(pk__in=managed).exists()

    def test_can_only_sign_in_where_the_demo_says_so(self):
        with_password = {user.email for user in User.objects.all() if user.has_usable_password()}
        assert with_password == {f"{account}@{DEMO_DOMAIN}" for account in ACCOUNTS}


class TestTheAccounts:
    @pytest.mark.parametrize(("account", "roles"), ACCOUNTS.items())
    def test_hold_the_role_they_are_named_after(self, account, roles):
        assert person(account).roles == roles

    @pytest.mark.parametrize("account", ACCOUNTS)
    def test_sign_in_with_the_published_password(self, account, settings):
        settings.DEMO = True
        client = Client()
        client.post("/account/login/", {"login": f"{account}@{DEMO_DOMAIN}", "password": DEMO_PASSWORD})
        assert client.session.get("_auth_user_id") == str(person(account).pk)

    def test_of_manager_and_member_belong_to_one_machine_tool_firm_that_the_coordinator_coordinates(self):
        works = {a: person(a).affiliations.get().organisation for a in ("manager", "member")}
        assert works["manager"] == works["member"]
        team = person("coordinator").appointments.in_force().get().body
        assert works["manager"].memberships.active().filter(mini_cluster__team=team).exists()

    def test_have_names_in_both_languages(self):
        people = User.objects.filter(email__endswith=DEMO_DOMAIN)
        assert not people.filter(name_ko="").exists()
        assert not people.filter(name_en="").exists()


class TestTheRest:
    def test_every_mini_cluster_has_its_goal_and_an_earlier_one(self):
        assert set(
            Goal.objects.values_list("mini_cluster").annotate(Count("pk")).values_list("pk__count", flat=True)
        ) == {2}

    def test_its_goals_were_set_by_who_sat_in_the_operation_committee_then(self):
        for goal in Goal.objects.all():
            terms = Appointment.objects.filter(user=goal.set_by, office=Role.OPERATION_COMMITTEE)
            assert terms.filter(starts_on__lte=goal.set_on, ends_on__gte=goal.set_on).exists()
        assert set(Goal.objects.dates("set_on", "year")) == {date(2004, 1, 1), date(2006, 1, 1)}

    def test_profiles_tell_core_processes_from_others(self):
        assert set(OrganisationProcess.objects.values_list("is_core", flat=True)) == {True, False}

    def test_some_products_have_pictures(self):
        assert Product.objects.filter(pictures__isnull=False).distinct().count() == 14

    def test_some_profiles_are_stale(self):
        fresh = Counter(organisation.is_fresh for organisation in Organisation.objects.listed())
        assert fresh[True] > fresh[False] > 30

    def test_applications_of_the_last_fortnight_wait_for_the_desk(self):
        today, days = timezone.localdate(), Membership.objects.awaiting_review().values_list("applied_on", flat=True)
        assert sorted((today - day).days for day in days) == [0, 0, 1, 3, 4, 6, 8, 8, 12]

    def test_old_news_are_told_to_nobody(self):
        """The desk hears of what waits, not of what happened in 2004."""
        waiting = Membership.objects.awaiting_review().count()
        coordinators = Notice.objects.filter(user=person("coordinator")).count()
        assert 0 < coordinators < waiting

    def test_everything_is_marked_as_demo(self):
        real = {Term, Industry}  # the vocabulary stays when the demo goes
        unmarked = {
            model._meta.label: model._default_manager.filter(is_demo=False).count()
            for model in apps.get_models()
            if issubclass(model, Record) and model not in real
        }
        assert {label: number for label, number in unmarked.items() if number} == {}

    def test_everything_went_through_the_audit_trail(self):
        about = {model: ContentType.objects.get_for_model(model) for model in (Membership, Expert, Organisation)}
        told = {
            model: AuditEntry.objects.filter(target_type=kind, action__in=["apply", "create_organisation"]).count()
            for model, kind in about.items()
        }
        assert told == {model: model.objects.count() for model in about}

    def test_makes_sense(self):
        assert list(problems()) == []

    def test_progress_is_told_while_it_is_built(self, told):
        assert "Organisations 40/348" in told
        assert told[-2:] == ["Applications 6/6", "Search index"]

    def test_names_are_the_same_at_every_building(self):
        def names() -> list:
            setting = Setting(str, date(2026, 1, 1))
            return [all_plans(setting), [setting.next_name() for _person in range(500)]]

        assert names() == names()
