"""The directory of equipment: who sees what, found, filtered, counted, sorted, exported."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from ecluster.search import engine as search
from equipment.actions import machines
from members.models import Organisation, OrganisationClass, Term
from tests.factories.accounts import UserFactory, administrator
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import listed, term, unlisted
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db

LIST = "/equipment/"


def shared(owner: Organisation | None = None, **facts):
    """A machine entered by its owner's manager."""
    owner = owner or listed()
    names = {"name_ko": "3차원 측정기", "name_en": "Coordinate measuring machine"}
    return machines.create(by=administrator(), owner=owner, **names | facts)


def page(client: Client, query: str = "", language: str = "en") -> str:
    return client.get(LIST + query, headers={"accept-language": language}).content.decode()


def rows(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'data-id="(\d+)"', html)]


def total(html: str) -> str:
    return re.search(r'data-total="(\d+)"', html)[1]


def count_beside(html: str, facet: str, value: str) -> str | None:
    found = re.search(rf'name="{facet}" value="{value}".*?facet-count">([^<]*)<', html)
    return found and found[1]


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    text = b"".join(client.get(f"{LIST}?format=csv{query}").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class TestWhoSeesWhat:
    @pytest.fixture
    def there(self) -> dict[str, int]:
        """One machine of each access, and one of an owner that isn't listed."""
        owner = listed()
        of_owner = {
            access: shared(owner, access=access).pk for access in ("owner", "mini_cluster", "members", "anyone")
        }
        return of_owner | {"unlisted": shared(unlisted(), access="anyone").pk, "owner_pk": owner.pk}

    def seen(self, client: Client, there: dict[str, int]) -> set[str]:
        html = page(client)
        found = {name for name in there if there[name] in rows(html) and name != "owner_pk"}
        assert total(html) == str(len(found)) == str(len(exported(client)))
        return found

    def test_a_visitor_sees_what_anyone_may_use(self, client, there):
        assert self.seen(client, there) == {"anyone"}

    def test_so_does_who_only_has_an_account(self, client_for, there):
        assert self.seen(client_for(UserFactory()), there) == {"anyone"}

    def test_members_see_all_but_what_an_owner_keeps_for_its_own_people(self, client_for, there):
        assert self.seen(client_for(colleague_at(listed())), there) == {"mini_cluster", "members", "anyone"}

    def test_the_owners_people_see_that_too(self, client_for, there):
        owner = Organisation.objects.get(pk=there["owner_pk"])
        assert self.seen(client_for(colleague_at(owner)), there) == {"owner", "mini_cluster", "members", "anyone"}

    def test_a_coordinator_sees_everything(self, client_for, there):
        assert len(self.seen(client_for(coordinator_of(MiniClusterFactory())), there)) == 5

    def test_no_count_and_no_word_tells_of_what_is_hidden(self, client):
        shared(access="owner", maker="Zeiss", name_en="Secretscope")
        html = page(client, "?q=secretscope")

        assert rows(html) == []
        assert "Zeiss" not in page(client)
        assert total(page(client, "?maker=Zeiss")) == "0"

    def test_what_is_hidden_has_no_page(self, client, client_for):
        hidden = shared(access="owner")

        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client_for(colleague_at(listed())).get(hidden.get_absolute_url()).status_code == 404


class TestFinding:
    def test_it_is_found_in_korean_and_in_english(self, client):
        found = shared(access="anyone", purpose_ko="기어의 치형을 잽니다", purpose_en="Measures gear teeth")
        shared(access="anyone", name_ko="연삭기", name_en="Grinder")

        assert rows(page(client, "?q=측정기")) == [found.pk]
        assert rows(page(client, "?q=치형")) == [found.pk]
        assert rows(page(client, "?q=gear")) == [found.pk]

    def test_it_is_found_by_its_category_its_ranges_and_its_owner(self, client):
        category = term(Term.Kind.EQUIPMENT, "Microscope", "현미경", synonyms="SEM")
        owner = listed(name_en="Hanbit Optics")
        found = shared(owner, access="anyone", category=category, ranges=[{"quantity": "magnification"}])
        shared(access="anyone")

        for word in ("SEM", "현미경", "magnification", "hanbit"):
            assert rows(page(client, f"?q={word}")) == [found.pk]

    def test_the_one_box_finds_machines(self, client):
        shared(access="anyone", name_en="Spectroscope")

        assert "Spectroscope" in re.sub("</?mark>", "", client.get("/search/?q=spectroscope").content.decode())

    def test_it_follows_its_owners_name_and_standing(self, client, client_for):
        owner = listed(name_en="Before")
        found = shared(owner, access="anyone")
        from members.actions import memberships, organisations

        organisations.update(organisation=owner, by=administrator(), name_en="Afterwards")
        assert rows(page(client, "?q=afterwards")) == [found.pk]
        membership = owner.memberships.get()
        memberships.end(membership=membership, by=coordinator_of(membership.mini_cluster), reason="Closed")
        assert rows(page(client)) == []

    def test_it_follows_the_words_of_its_category(self, client, run_tasks):
        from members.actions import taxonomies

        category = term(Term.Kind.EQUIPMENT, "Microscope", "현미경")
        found = shared(access="anyone", category=category)
        taxonomies.update_term(term=category, by=administrator(), synonyms="enlarger")
        run_tasks()

        assert rows(page(client, "?q=enlarger")) == [found.pk]


class TestFilters:
    def test_choices_show_how_many_rows_they_leave(self, client):
        microscope = term(Term.Kind.EQUIPMENT, "Microscope", "현미경")
        university = listed(org_class=OrganisationClass.UNIVERSITY)
        found = shared(university, access="anyone", category=microscope, maker="Zeiss", operation="operator")
        shared(access="anyone", maker="Zeiss")
        html = page(client)

        assert count_beside(html, "maker", "Zeiss") == "2"
        assert count_beside(html, "category", "microscope") == "1"
        assert count_beside(html, "owner_class", "university") == "1"
        assert count_beside(html, "operation", "operator") == "1"
        assert rows(page(client, "?maker=Zeiss&owner_class=university")) == [found.pk]

    def test_by_the_owners_mini_cluster_and_the_owner(self, client):
        mini_cluster = MiniClusterFactory()
        owner = listed(mini_cluster)
        found = shared(owner, access="anyone")
        shared(access="anyone")

        assert rows(page(client, f"?mini_cluster={mini_cluster.slug}")) == [found.pk]
        assert rows(page(client, f"?owner={owner.pk}")) == [found.pk]
        assert owner.name_en in page(client, f"?owner={owner.pk}")

    def test_a_machine_without_a_region_stands_where_its_owner_is(self, client):
        gimhae = term(Term.Kind.REGION, "Gimhae", "김해")
        found = shared(listed(region=gimhae), access="anyone")
        shared(listed(region=gimhae), access="anyone", region=term(Term.Kind.REGION, "Haman", "함안"))

        assert rows(page(client, "?region=gimhae")) == [found.pk]

    def test_calibration_that_is_valid_overdue_or_not_told(self, client):
        today = timezone.localdate()
        valid = shared(access="anyone", calibration_due_on=today)
        overdue = shared(access="anyone", calibration_due_on=today.replace(year=today.year - 1))
        shared(access="anyone")

        assert rows(page(client, "?calibration=valid")) == [valid.pk]
        assert rows(page(client, "?calibration=overdue")) == [overdue.pk]

    def test_a_calibration_that_ran_out_overnight_is_noticed(self, client, run_tasks):
        from datetime import timedelta

        from equipment.models import Equipment
        from equipment.search import notice_calibrations_run_out

        machine = shared(access="anyone", calibration_due_on=timezone.localdate())
        Equipment.objects.filter(pk=machine.pk).update(calibration_due_on=timezone.localdate() - timedelta(days=1))
        notice_calibrations_run_out.enqueue()
        run_tasks()

        assert rows(page(client, "?calibration=overdue")) == [machine.pk]
        assert rows(page(client, "?calibration=valid")) == []

    def test_the_stored_totals_stay_true_as_access_changes(self, client):
        machine = shared(access="anyone")
        machines.update(machine=machine, by=administrator(), access="owner")
        assert total(page(client)) == "0"
        machines.update(machine=machine, by=administrator(), access="anyone")
        assert total(page(client)) == "1"
        assert list(search.facet_counts(search.Query("equipment", "", None))["status"]) == ["working"]


class TestRows:
    def test_sorted_by_name_in_the_readers_language(self, client):
        b, a = (
            shared(access="anyone", name_ko="가", name_en="Beta"),
            shared(access="anyone", name_ko="나", name_en="Alpha"),
        )

        assert rows(page(client)) == [a.pk, b.pk]
        assert rows(page(client, language="ko")) == [b.pk, a.pk]

    @pytest.mark.parametrize("sort", ["maker", "owner", "newest", "nonsense"])
    def test_every_sort_shows_every_row(self, client, sort):
        machine = [shared(access="anyone", maker="B"), shared(access="anyone", maker="A")]

        assert set(rows(page(client, f"?sort={sort}"))) == {row.pk for row in machine}

    def test_each_tells_what_it_costs_the_reader(self, client_for):
        owner = listed()
        shared(
            owner,
            rates=[{"user_class": "member", "krw_per_hour": 40_000}, {"user_class": "owner", "krw_per_hour": 5_000}],
        )

        assert "₩40,000" in page(client_for(colleague_at(listed())))
        assert "₩5,000" in page(client_for(colleague_at(owner)))

    def test_nothing_found_says_what_to_do(self, client):
        shared(access="anyone")
        assert "No machine answers all of this" in page(client, "?q=zeppelin")

    def test_an_export_has_exactly_the_rows_shown(self, client):
        found = shared(
            access="anyone", maker="Zeiss", ranges=[{"quantity": "length", "minimum": 0, "maximum": 500, "unit": "mm"}]
        )
        shared(access="anyone")
        [row] = exported(client, "&maker=Zeiss")

        assert (row["Name in English"], row["Owner"], row["Ranges"]) == (
            found.name_en,
            found.owner.name_en,
            "length 0–500 mm",
        )

    def test_an_export_tells_a_contact_to_whom_it_is_open(self, client, client_for):
        shared(access="anyone", contact_email="cmm@example.org", contact_audience="members")

        assert [row["Contact e-mail"] for row in exported(client)] == [""]
        assert [row["Contact e-mail"] for row in exported(client_for(manager_of(listed())))] == ["cmm@example.org"]

    @pytest.mark.parametrize(("who", "queries"), [("visitor", 4), ("member", 9)])
    def test_one_row_or_three_cost_the_same_queries(self, client, client_for, django_assert_num_queries, who, queries):
        asker = client if who == "visitor" else client_for(colleague_at(listed()))
        shared(access="anyone", training="A day")
        page(asker)
        with django_assert_num_queries(queries):
            page(asker)
        for _more in range(2):
            shared(access="anyone", training="A day")
        with django_assert_num_queries(queries):
            page(asker)
