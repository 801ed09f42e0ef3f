"""What a month's use comes to, for who pays and for whose machines they are. Money of others leaks nowhere."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from equipment.actions.logging import finish
from equipment.queries.statements import accounts_of
from tests.factories.accounts import UserFactory, administrator
from tests.factories.equipment import booked, machine, seoul
from tests.factories.mini_clusters import coordinator_of
from tests.factories.organisations import listed
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db
PAGE = "/equipment/statements/"
MARCH = "2026-03"


@pytest.fixture
def owner():
    return listed(name_en="Changwon Gauges")


@pytest.fixture
def cmm(owner):
    return machine(owner)


@pytest.fixture
def firm():
    return listed(name_en="Hanbit Dies")


@pytest.fixture
def engineer(firm):
    return colleague_at(firm, name_en="Lee Younghee")


def used(cmm, when: str, engineer, firm=None, *, minutes: int = 60, rate: int = 30_000, **facts):
    cost = minutes * rate // 60
    facts = {"status": "done", "used_minutes": minutes, "krw_per_hour": rate, "cost_krw": cost} | facts
    return booked(cmm, seoul(when), person=engineer, organisation=firm, **facts)


def shown(response) -> list[int]:
    return [line.booking.pk for line in response.context["statement"].lines]


def ask(client, of: str, month: str = MARCH, **params):
    return client.get(PAGE, {"of": of, "month": month, **params})


class TestWhatStandsInIt:
    def test_used_missed_and_cancelled_late(self, client_for, cmm, firm, engineer):
        client = client_for(manager_of(firm))
        done = used(cmm, "2026-03-02 10:00", engineer, firm)
        missed = used(cmm, "2026-03-03 10:00", engineer, firm, status="missed", used_minutes=0, cost_krw=15_000)
        late = {"status": "cancelled", "is_late_cancellation": True, "used_minutes": None, "cost_krw": 9_000}
        cancelled = used(cmm, "2026-03-04 10:00", engineer, firm, **late)
        for status in ("requested", "approved", "declined", "cancelled"):
            used(cmm, "2026-03-05 10:00", engineer, firm, status=status, cost_krw=0)
            cmm = machine(cmm.owner)
        response = ask(client, f"used-{firm.pk}")
        assert shown(response) == [done.pk, missed.pk, cancelled.pk]
        assert [line.what for line in response.context["statement"].lines] == ["done", "missed", "cancelled late"]
        assert 'data-sum="54000"' in response.content.decode()

    def test_the_sum_is_that_of_its_lines_and_of_its_payers(self, client_for, owner, cmm, firm, engineer):
        alone = UserFactory(name_en="Park Alone")
        used(cmm, "2026-03-02 10:00", engineer, firm, minutes=7, cost_krw=3_501)
        used(cmm, "2026-03-03 10:00", engineer, firm, cost_krw=1)
        used(machine(owner), "2026-03-04 10:00", alone, minutes=30)
        statement = ask(client_for(manager_of(owner)), f"shared-{owner.pk}").context["statement"]
        assert (statement.cost_krw, statement.used_minutes) == (18_502, 97)
        assert [(p.name, p.used_minutes, p.cost_krw) for p in statement.payers] == [
            ("Park Alone", 30, 15_000),
            ("Hanbit Dies", 67, 3_502),
        ]
        assert sum(p.cost_krw for p in statement.payers) == statement.cost_krw

    def test_the_month_is_that_of_the_place_where_the_machine_stands(self, client_for, owner, engineer, firm):
        abroad = machine(owner, time_zone="America/New_York")
        new_york = ZoneInfo("America/New_York")
        last_day = datetime(2026, 3, 31, 23, tzinfo=new_york)  # 1 April, noon, in Seoul
        facts = {"status": "done", "used_minutes": 60, "organisation": firm, "person": engineer}
        there = booked(abroad, last_day, **facts)
        before = booked(abroad, datetime(2026, 2, 28, 23, tzinfo=new_york), **facts)
        here = used(machine(owner), "2026-03-01 00:00", engineer, firm)
        used(machine(owner), "2026-04-01 00:00", engineer, firm)
        client = client_for(manager_of(owner))
        response = ask(client, f"shared-{owner.pk}")
        assert shown(response) == [here.pk, there.pk]
        assert [line.when for line in response.context["statement"].lines] == ["1 Mar 2026 00:00", "31 Mar 2026 23:00"]
        assert shown(ask(client, f"shared-{owner.pk}", "2026-02")) == [before.pk]

    def test_what_an_action_logs_is_in_it(self, client_for, cmm, firm, engineer):
        booking = used(
            cmm, "2026-03-02 10:00", engineer, firm, status="approved", used_minutes=None, cost_krw=0, rate=10_000
        )
        finish(booking=booking, by=engineer)
        assert ask(client_for(manager_of(firm)), f"used-{firm.pk}").context["statement"].cost_krw == 10_000

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_much_is_in_it(
        self, client_for, owner, engineer, firm, django_assert_num_queries, number
    ):
        for day in range(number):
            used(machine(owner), f"2026-03-0{day + 1} 10:00", engineer, firm)
        client = client_for(manager_of(owner))
        with django_assert_num_queries(QUERIES):
            ask(client, f"shared-{owner.pk}")


# Session, person, offices, affiliations, expert, inbox; owned, kept, zones, the lines.
QUERIES = 9


class TestWhose:
    """Each person's list of statements; what isn't in it does not exist."""

    def keys(self, person) -> list[str]:
        return [account.key for account in accounts_of(person)]

    def test_a_manager_sees_what_the_organisation_used_and_who_used_its_machines(self, owner, cmm, firm):
        assert self.keys(manager_of(owner)) == [f"used-{owner.pk}", f"shared-{owner.pk}", "own"]
        assert self.keys(manager_of(firm)) == [f"used-{firm.pk}", "own"]

    def test_a_keeper_sees_the_machines_they_keep_and_no_others(self, client_for, owner, cmm, firm, engineer):
        keeper = colleague_at(owner)
        cmm.keepers.add(keeper)
        kept = used(cmm, "2026-03-02 10:00", engineer, firm)
        used(machine(owner), "2026-03-02 10:00", engineer, firm)
        assert self.keys(keeper) == [f"shared-{owner.pk}", "own"]
        assert shown(ask(client_for(keeper), f"shared-{owner.pk}")) == [kept.pk]

    def test_who_left_the_owner_keeps_nothing_any_more(self, owner, cmm):
        gone = UserFactory()
        AffiliationFactory(user=gone, organisation=owner, starts_on="2020-01-01", ends_on="2021-01-01")
        cmm.keepers.add(gone)
        assert self.keys(gone) == ["own"]

    def test_everybody_sees_what_they_used_for_themselves(self, client_for, cmm, firm, engineer):
        own = used(cmm, "2026-03-02 10:00", engineer)
        used(cmm, "2026-03-03 10:00", engineer, firm)
        used(cmm, "2026-03-04 10:00", UserFactory())
        assert shown(ask(client_for(engineer), "own")) == [own.pk]

    def test_the_books_of_others_do_not_exist(self, client_for, owner, cmm, firm, engineer):
        used(cmm, "2026-03-02 10:00", engineer, firm)
        readers = {
            "colleague": engineer,
            "stranger": manager_of(listed()),
            "coordinator": coordinator_of(firm.memberships.get().mini_cluster),
            "administrator": administrator(),
        }
        for reader in readers.values():
            client = client_for(reader)
            for key in (f"used-{firm.pk}", f"used-{owner.pk}", f"shared-{owner.pk}", "shared-", "x"):
                for params in ({}, {"format": "csv"}, {"format": "xlsx"}):
                    assert ask(client, key, **params).status_code == 404

    def test_the_payer_sees_nothing_of_other_payers_and_the_owner_nothing_of_other_machines(
        self, client_for, owner, cmm, firm, engineer
    ):
        theirs = used(cmm, "2026-03-02 10:00", engineer, firm)
        other = listed(name_en="Rival Dies")
        used(cmm, "2026-03-03 10:00", colleague_at(other), other)
        elsewhere = used(machine(), "2026-03-04 10:00", engineer, firm)
        page = ask(client_for(manager_of(firm)), f"used-{firm.pk}")
        assert shown(page) == [theirs.pk, elsewhere.pk]
        assert "Rival" not in page.content.decode()
        assert elsewhere.pk not in shown(ask(client_for(manager_of(owner)), f"shared-{owner.pk}"))

    def test_a_visitor_is_sent_to_sign_in(self, client):
        assert client.get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


class TestChoosing:
    def test_without_a_choice_it_is_the_first_statement_of_the_month_before_this(self, client_for, firm):
        from django.utils import timezone

        statement = client_for(manager_of(firm)).get(PAGE).context["statement"]
        this_month = timezone.localdate().replace(day=1)
        assert statement.account.key == f"used-{firm.pk}"
        assert statement.month < this_month
        assert (this_month - statement.month).days in (28, 29, 30, 31)

    def test_one_goes_from_month_to_month(self, client_for, firm):
        context = ask(client_for(manager_of(firm)), f"used-{firm.pk}", "2026-01").context
        assert context["previous_url"] == f"?of=used-{firm.pk}&month=2025-12"
        assert context["next_url"] == f"?of=used-{firm.pk}&month=2026-02"

    @pytest.mark.parametrize("month", ["2026-13", "March", "", "0001-01", "9999-12"])
    def test_a_month_that_is_none_is_told_at_its_field(self, client_for, month):
        response = ask(client_for(UserFactory()), "own", month)
        assert list(response.context["form"].errors) == ["month"]
        assert response.status_code == 200

    def test_an_empty_month_says_so(self, client_for):
        assert "Nothing was used in this month" in ask(client_for(UserFactory()), "own").content.decode()


class TestSheets:
    def test_csv_has_the_lines_and_their_sum(self, client_for, cmm, firm, engineer):
        used(cmm, "2026-03-02 10:00", engineer, firm)
        used(cmm, "2026-03-03 10:00", engineer, firm, minutes=30)
        response = ask(client_for(manager_of(firm)), f"used-{firm.pk}", format="csv")
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0][0] == "From"
        assert rows[1] == [
            "2026-03-02 10:00:00", "Coordinate measuring machine", "Changwon Gauges", "Hanbit Dies", "Lee Younghee",
            "done", "60", "60", "30000", "30000",
        ]  # fmt: skip
        assert rows[-1] == ["Total", "", "", "", "", "", "", "90", "", "45000"]
        assert f"statement-used-{firm.pk}-2026-03.csv" in response.headers["Content-Disposition"]

    def test_xlsx_has_numbers_that_add_up(self, client_for, cmm, firm, engineer):
        used(cmm, "2026-03-02 10:00", engineer, firm)
        used(cmm, "2026-03-03 10:00", engineer, firm, minutes=30)
        response = ask(client_for(manager_of(firm)), f"used-{firm.pk}", format="xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        costs = [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert costs[-1] == sum(costs[:-1]) == 45_000
