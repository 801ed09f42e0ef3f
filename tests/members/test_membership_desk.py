"""The coordinators' desk: the list, the page of one application, its buttons, and merging."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions import memberships
from members.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator, coordinator_of
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
LIST = "/members/applications/"
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def rows(response):
    return [row.pk for row in response.context["desk"].rows]


class TestTheList:
    def test_own_mini_clusters_come_first_then_who_waits_longest(self, client_for):
        own, other = MiniClusterFactory(), MiniClusterFactory()
        late = application_of(mini_cluster=own)
        early = application_of(mini_cluster=own, on=TODAY - 9 * DAY)
        earliest_elsewhere = application_of(mini_cluster=other, on=TODAY - 20 * DAY)
        response = client_for(coordinator_of(own)).get(LIST, {"status": "applied"})
        assert rows(response) == [early.pk, late.pk, earliest_elsewhere.pk]
        assert "waits 9 days" in response.content.decode()

    def test_opens_on_what_waits(self, client_for):
        assert client_for(chief_coordinator()).get(LIST).url == f"{LIST}?status=applied"

    def test_filters_tell_how_many_each_choice_would_leave(self, client_for):
        mini_cluster = MiniClusterFactory(slug="mould")
        application_of(newcomer(org_class="university"), mini_cluster)
        application_of(newcomer(), mini_cluster)
        active_membership(newcomer(), mini_cluster)
        response = client_for(chief_coordinator()).get(LIST, {"status": "applied", "class": "company"})
        counts = {f.name: {c.value: c.total for c in f.choices} for f in response.context["desk"].panel.facets}
        assert (response.context["desk"].total.number, len(rows(response))) == (1, 1)
        assert counts["status"]["active"] == 1
        assert (counts["class"]["university"], counts["class"]["company"]) == (1, 1)
        assert counts["mini_cluster"] == {"mould": 1}

    def test_beyond_what_is_counted_exactly_says_that_there_are_more(self, client_for, monkeypatch):
        monkeypatch.setattr("members.queries.desk.EXACT", 2)
        for _ in range(3):
            active_membership(newcomer())
        application_of(newcomer(org_class="university"))
        response = client_for(chief_coordinator()).get(LIST, {"status": "active"})
        found = response.context["desk"]
        counts = {f.name: {c.value: (c.total, c.capped) for c in f.choices} for f in found.panel.facets}
        assert (found.total, len(rows(response))) == ((2, True), 3)
        assert counts["class"]["company"] == (2, True)

    def test_exports_the_rows_shown(self, client_for):
        shown = application_of()
        active_membership()
        response = client_for(chief_coordinator()).get(LIST, {"status": "applied", "format": "csv"})
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert lines[1].startswith(f"{shown.organisation.name},company,")

    @pytest.mark.parametrize("person", [UserFactory, lambda: manager_of(active_membership().organisation)])
    def test_is_not_there_for_others(self, client_for, person):
        assert client_for(person()).get(LIST).status_code == 404

    def test_asks_visitors_to_sign_in(self, client):
        assert client.get(LIST).url.startswith("/account/login/")

    @pytest.mark.parametrize("number", [1, 3])
    def test_makes_as_many_queries_for_three_as_for_one(self, client_for, django_assert_num_queries, number):
        client = client_for(chief_coordinator())
        for _ in range(number):
            application_of(mini_cluster=MiniClusterFactory())
        client.get(LIST, {"status": "applied"})
        with django_assert_num_queries(8):
            client.get(LIST, {"status": "applied"})


class TestAnApplication:
    def test_is_approved_by_its_coordinator(self, client_for):
        membership = application_of()
        client = client_for(coordinator_of(membership.mini_cluster))
        response = client.post(f"{membership.get_absolute_url()}approve/", {"approve-on": TODAY}, follow=True)
        assert "Done: active." in response.content.decode()
        assert Membership.objects.get().periods.get().starts_on == TODAY

    def test_is_declined_with_a_reason_only(self, client_for):
        membership = application_of()
        client = client_for(coordinator_of(membership.mini_cluster))
        response = client.post(f"{membership.get_absolute_url()}decline/", {"decline-reason": ""})
        assert {a: f.errors for a, _, f in response.context["steps"]}["decline"] == {
            "reason": ["This field is required."]
        }
        client.post(f"{membership.get_absolute_url()}decline/", {"decline-reason": "No plant"})
        assert Membership.objects.get().status == "declined"

    def test_buttons_are_those_that_the_status_has_open(self, client_for):
        client = client_for(chief_coordinator())
        labels = {
            membership.status: [action for action, _, _ in client.get(membership.get_absolute_url()).context["steps"]]
            for membership in (application_of(), active_membership())
        }
        assert labels == {"applied": ["approve", "decline"], "active": ["suspend", "end"]}

    def test_of_another_mini_cluster_is_read_but_not_decided(self, client_for):
        membership = application_of()
        client = client_for(coordinator_of(MiniClusterFactory()))
        assert client.get(membership.get_absolute_url()).context["steps"] == []
        assert client.post(f"{membership.get_absolute_url()}approve/").status_code == 404
        assert Membership.objects.get().status == "applied"

    def test_who_comes_second_is_told(self, client_for):
        membership = application_of()
        memberships.approve(membership=membership, by=chief_coordinator())
        response = client_for(chief_coordinator()).post(f"{membership.get_absolute_url()}approve/", follow=True)
        assert "it is “active” now" in response.content.decode()

    def test_a_closed_year_is_told_at_the_day(self, client_for):
        membership = active_membership(on=TODAY - 900 * DAY)
        response = client_for(chief_coordinator()).post(
            f"{membership.get_absolute_url()}end/", {"end-reason": "Moved", "end-on": TODAY - 800 * DAY}
        )
        errors = {action: form.errors for action, _, form in response.context["steps"] if form.is_bound}
        assert errors["end"]["on"][0].startswith("That year is closed")

    def test_its_organisation_reads_where_it_stands_but_no_duplicates(self, client_for):
        membership = application_of()
        response = client_for(colleague_at(membership.organisation)).get(membership.get_absolute_url())
        assert (response.status_code, response.context["steps"], response.context["duplicates"]) == (200, [], [])

    @pytest.mark.parametrize("make", [application_of, active_membership])
    def test_is_nobody_elses_page(self, client_for, make):
        membership = make()
        other = manager_of(active_membership().organisation)
        assert client_for(other).get(membership.get_absolute_url()).status_code == 404

    def test_an_unknown_step_is_no_page(self, client_for):
        membership = application_of()
        assert client_for(chief_coordinator()).post(f"{membership.get_absolute_url()}crown/").status_code == 404


class TestMerging:
    def test_the_duplicate_beside_an_application_is_merged_away(self, client_for):
        known = active_membership(newcomer(name_ko="한빛정밀", name_en="")).organisation
        membership = application_of(newcomer(name_ko="(주) 한빛 정밀", name_en=""))
        client = client_for(coordinator_of(membership.mini_cluster))
        page = client.get(membership.get_absolute_url())
        address = f"/members/{membership.organisation.pk}/merge/{known.pk}/"
        assert [one.organisation for one in page.context["duplicates"]] == [known]
        assert address in page.content.decode()
        assert client.post(address, {"reason": "Same firm"}).url == known.get_absolute_url()
        assert Organisation.objects.get(pk=membership.organisation.pk).merged_into == known

    def test_needs_a_reason(self, client_for):
        membership, known = application_of(), newcomer()
        client = client_for(coordinator_of(membership.mini_cluster))
        response = client.post(f"/members/{membership.organisation.pk}/merge/{known.pk}/", {"reason": ""})
        assert response.context["form"].errors == {"reason": ["This field is required."]}

    def test_is_not_there_for_the_coordinator_of_another_mini_cluster(self, client_for):
        membership, known = application_of(), newcomer()
        client = client_for(coordinator_of(MiniClusterFactory()))
        response = client.post(f"/members/{membership.organisation.pk}/merge/{known.pk}/", {"reason": "Mine"})
        assert response.status_code == 404
