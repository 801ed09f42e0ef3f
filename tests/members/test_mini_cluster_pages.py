"""Mini-clusters: the list, the page of each, its goals, and how administrators keep them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from members.actions import memberships, mini_clusters
from members.models import Goal, MiniCluster
from tests.factories.accounts import UserFactory, administrator
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import (
    MiniClusterFactory,
    chief_coordinator,
    coordinator_of,
    operation_committee_member_of,
)
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
GOAL = {"goal_en": "Halve the lead time", "strategy_en": "Share machines", "grounds_en": "Four bull sessions"}
IN_KOREAN = {"goal_ko": "납기를 반으로", "strategy_ko": "장비를 함께 쓴다"}


def page(client, mini_cluster):
    return client.get(mini_cluster.get_absolute_url())


class TestTheList:
    def test_tells_each_with_its_goal_and_its_members_by_class(self, client):
        mini_cluster = MiniClusterFactory(name_en="Machine Tool")
        active_membership(newcomer(org_class="university"), mini_cluster)
        mini_clusters.set_goal(mini_cluster=mini_cluster, by=operation_committee_member_of(mini_cluster), **GOAL)
        response = client.get("/mini-clusters/")
        ((shown, goal, row),) = response.context["rows"]
        assert (shown, goal.goal, row.numbers) == (mini_cluster, "Halve the lead time", [0, 0, 1, 0])
        assert "Machine Tool" in response.content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_makes_as_many_queries_for_three_as_for_one(self, client, django_assert_num_queries, number):
        for _ in range(number):
            active_membership(mini_cluster=MiniClusterFactory())
        with django_assert_num_queries(4):
            client.get("/mini-clusters/")


class TestThePage:
    def test_each_figure_opens_its_rows_in_the_directory(self, client):
        mini_cluster = MiniClusterFactory(slug="mould")
        active_membership(newcomer(), mini_cluster)
        assert page(client, mini_cluster).context["figures"] == [
            ("company", 1, "/members/?mini_cluster=mould&class=company"),
            ("R&D centre", 0, "/members/?mini_cluster=mould&class=rnd_centre"),
            ("university", 0, "/members/?mini_cluster=mould&class=university"),
            ("support agency", 0, "/members/?mini_cluster=mould&class=support_agency"),
            ("Members", 1, "/members/?mini_cluster=mould"),
        ]

    def test_its_growth_ends_with_todays_number(self, client):
        mini_cluster = MiniClusterFactory()
        active_membership(mini_cluster=mini_cluster, on=TODAY - 40 * DAY)
        active_membership(mini_cluster=mini_cluster)
        chart = page(client, mini_cluster).context["chart"]
        assert [chart.rows[0][1], chart.rows[-1][1]] == [[1], [2]]

    def test_coordinators_are_told_to_members_alone(self, client, client_for):
        mini_cluster = MiniClusterFactory()
        coordinator = coordinator_of(mini_cluster)
        member = colleague_at(active_membership().organisation)
        assert [t.user for t in page(client_for(member), mini_cluster).context["coordinators"]] == [coordinator]
        assert page(client, mini_cluster).context["coordinators"] == []

    def test_what_waits_is_told_to_who_may_act_on_it(self, client, client_for):
        mini_cluster = MiniClusterFactory()
        applied = application_of(mini_cluster=mini_cluster)
        unmanaged = active_membership(mini_cluster=mini_cluster).organisation
        managed = active_membership(newcomer(confirmed_on=TODAY), mini_cluster).organisation
        manager = manager_of(managed)
        waiting = page(client_for(coordinator_of(mini_cluster)), mini_cluster).context["waiting"]
        assert waiting.applications == [applied]
        assert (waiting.profiles, waiting.stale_number, waiting.unmanaged_number) == ([unmanaged], 1, 1)
        for other in (client, client_for(manager), client_for(coordinator_of(MiniClusterFactory()))):
            assert page(other, mini_cluster).context["waiting"] is None

    def test_profiles_to_look_after_are_counted_each_for_its_own_reason(self, client_for):
        mini_cluster, long_ago = MiniClusterFactory(), TODAY - 400 * DAY
        stale = active_membership(newcomer(confirmed_on=long_ago), mini_cluster).organisation
        manager_of(stale)
        unmanaged = active_membership(newcomer(confirmed_on=TODAY), mini_cluster).organisation
        manager_of(active_membership(newcomer(confirmed_on=TODAY), mini_cluster).organisation)
        active_membership(newcomer(confirmed_on=long_ago))
        waiting = page(client_for(coordinator_of(mini_cluster)), mini_cluster).context["waiting"]
        assert [(o, o.is_stale, o.is_unmanaged) for o in waiting.profiles] == [
            (unmanaged, False, True),
            (stale, True, False),
        ]
        assert (waiting.stale_number, waiting.unmanaged_number) == (1, 1)

    def test_newest_is_who_began_to_count_last(self, client):
        mini_cluster = MiniClusterFactory()
        older = active_membership(mini_cluster=mini_cluster, on=TODAY - 9 * DAY)
        newer = active_membership(mini_cluster=mini_cluster, on=TODAY - 3 * DAY)
        gone = active_membership(mini_cluster=mini_cluster, on=TODAY - 2 * DAY)
        admin, chief = administrator(), chief_coordinator()
        memberships.reclassify(organisation=older.organisation, org_class="university", by=admin)
        memberships.end(membership=gone, by=chief, reason="Moved away")
        told = [(period.membership, period.starts_on) for period in page(client, mini_cluster).context["newest"]]
        assert told == [(newer, TODAY - 3 * DAY), (older, TODAY - 9 * DAY)]

    @pytest.mark.parametrize("number", [1, 3])
    def test_makes_as_many_queries_for_three_as_for_one(self, client_for, django_assert_num_queries, number):
        mini_cluster = MiniClusterFactory()
        client = client_for(chief_coordinator())
        for _ in range(number):
            active_membership(mini_cluster=mini_cluster)
            application_of(mini_cluster=mini_cluster)
        page(client, mini_cluster)
        with django_assert_num_queries(12):
            page(client, mini_cluster)


class TestGoals:
    def test_the_newest_is_in_force_and_the_one_before_is_history(self, client_for):
        mini_cluster = MiniClusterFactory()
        client = client_for(operation_committee_member_of(mini_cluster))
        client.post(f"{mini_cluster.get_absolute_url()}goal/", GOAL)
        client.post(f"{mini_cluster.get_absolute_url()}goal/", GOAL | {"goal_en": "Export"})
        context = page(client, mini_cluster).context
        assert (context["goal"].goal, [g.goal for g in context["earlier_goals"]]) == ("Export", ["Halve the lead time"])

    def test_both_parts_are_needed_in_one_language_at_least(self, client_for):
        mini_cluster = MiniClusterFactory()
        client = client_for(operation_committee_member_of(mini_cluster))
        address = f"{mini_cluster.get_absolute_url()}goal/"
        response = client.post(address, GOAL | {"strategy_en": " "})
        assert response.context["form"].errors == {
            "strategy_ko": ["Say how it is to be reached, in Korean or in English."]
        }
        assert response.context["form"]["goal_en"].value() == "Halve the lead time"
        assert not mini_cluster.goals.exists()
        client.post(address, IN_KOREAN)
        assert (mini_cluster.goals.get().goal, mini_cluster.goals.get().strategy) == (
            "납기를 반으로",
            "장비를 함께 쓴다",
        )

    def test_each_reads_it_in_their_language(self, client):
        mini_cluster = MiniClusterFactory()
        member = operation_committee_member_of(mini_cluster)
        mini_clusters.set_goal(mini_cluster=mini_cluster, by=member, **GOAL | IN_KOREAN)
        address = mini_cluster.get_absolute_url()
        korean = client.get(address, headers={"accept-language": "ko"}).content.decode()
        english = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert ("납기를 반으로" in korean, "Halve the lead time" in korean) == (True, False)
        assert ("납기를 반으로" in english, "Halve the lead time" in english) == (False, True)

    def test_the_database_takes_no_goal_without_words(self):
        mini_cluster = MiniClusterFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(mini_cluster=mini_cluster, set_by=UserFactory(), strategy_en="Share machines")
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(mini_cluster=mini_cluster, set_by=UserFactory(), goal_en="Export")

    @pytest.mark.parametrize(
        "person",
        [UserFactory, chief_coordinator, administrator, lambda: operation_committee_member_of(MiniClusterFactory())],
    )
    def test_only_its_own_operation_committee_sets_one(self, client_for, person):
        mini_cluster, person = MiniClusterFactory(), person()
        assert client_for(person).post(f"{mini_cluster.get_absolute_url()}goal/", GOAL).status_code == 404
        with pytest.raises(PermissionDenied):
            mini_clusters.set_goal(mini_cluster=mini_cluster, by=person, **GOAL)

    @pytest.mark.parametrize("history", [{"set_on": TODAY - DAY}, {"set_by": True}])
    def test_an_earlier_day_and_another_hand_are_for_loaded_records(self, history):
        mini_cluster = MiniClusterFactory()
        member, former = operation_committee_member_of(mini_cluster), UserFactory()
        history = history | ({"set_by": former} if "set_by" in history else {})
        with pytest.raises(PermissionDenied):
            mini_clusters.set_goal(mini_cluster=mini_cluster, by=member, **history, **GOAL)

    def test_a_loaded_goal_names_who_set_it_and_the_newest_stays_in_force(self):
        mini_cluster, former = MiniClusterFactory(), UserFactory()
        mini_clusters.set_goal(mini_cluster=mini_cluster, by=operation_committee_member_of(mini_cluster), **GOAL)
        loader, day = administrator(), date(2004, 6, 15)
        loaded = mini_clusters.set_goal(
            mini_cluster=mini_cluster, by=loader, set_on=day, set_by=former, **GOAL | {"goal_en": "Begin"}
        )
        assert (loaded.set_on, loaded.set_by) == (day, former)
        assert [goal.goal_en for goal in mini_cluster.goals.all()] == ["Halve the lead time", "Begin"]
        entry = AuditEntry.objects.about(mini_cluster).first()
        assert (entry.actor, entry.changes["goal_en"]) == (loader, ["", "Begin"])

    def test_no_goal_is_loaded_from_a_day_to_come(self):
        with pytest.raises(ValidationError, match="yet to come"):
            mini_clusters.set_goal(mini_cluster=MiniClusterFactory(), by=administrator(), set_on=TODAY + DAY, **GOAL)


class TestKeeping:
    FACTS = {"name_ko": "공작기계", "name_en": "Machine Tool", "slug": "machine-tool", "position": 1}

    def test_an_administrator_makes_and_renames_one(self, client_for):
        client = client_for(administrator())
        client.post("/mini-clusters/new/", self.FACTS | {"founded_on": "2004-04-01"})
        client.post(
            "/mini-clusters/machine-tool/edit/", self.FACTS | {"name_en": "Machine Tools", "founded_on": "2004-04-01"}
        )
        mini_cluster = MiniCluster.objects.get()
        assert (mini_cluster.slug, mini_cluster.name_en) == ("machine-tool", "Machine Tools")

    def test_a_name_is_borne_once(self, client_for):
        MiniClusterFactory(name_en="Machine Tool")
        response = client_for(administrator()).post("/mini-clusters/new/", self.FACTS | {"founded_on": "2004-04-01"})
        assert list(response.context["form"].errors) == ["name_en"]

    @pytest.mark.parametrize("person", [UserFactory, chief_coordinator])
    def test_others_find_no_such_page(self, client_for, person):
        mini_cluster = MiniClusterFactory()
        client = client_for(person())
        for address in ("/mini-clusters/new/", f"{mini_cluster.get_absolute_url()}edit/"):
            assert client.post(address, self.FACTS).status_code == 404
