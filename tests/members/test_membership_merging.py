"""Two records of one organisation become one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from members import table1
from members.actions import memberships, merging
from members.models import Affiliation, Need, Organisation
from tests.factories.accounts import UserFactory, administrator
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator, coordinator_of
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def merge(duplicate, survivor, by=None, reason="Same registration number"):
    merging.merge(organisation=duplicate, into=survivor, by=by or chief_coordinator(), reason=reason)
    duplicate.refresh_from_db()
    survivor.refresh_from_db()


class TestMemberships:
    def test_one_in_another_mini_cluster_moves(self):
        survivor, membership = active_membership().organisation, active_membership(on=TODAY - 9 * DAY)
        merge(membership.organisation, survivor)
        membership.refresh_from_db()
        assert (membership.organisation, membership.status) == (survivor, "active")
        assert membership.periods.get().ends_on is None

    def test_where_both_stand_the_duplicates_ends_today(self):
        kept = active_membership(on=TODAY - 9 * DAY)
        ended = active_membership(mini_cluster=kept.mini_cluster, on=TODAY - 5 * DAY)
        merge(ended.organisation, kept.organisation)
        ended.refresh_from_db()
        assert (ended.status, ended.periods.get().ends_on) == ("left", TODAY - DAY)
        assert kept.periods.get().ends_on is None

    def test_an_active_one_is_not_given_up_for_an_application(self):
        applied = application_of()
        active = active_membership(mini_cluster=applied.mini_cluster, on=TODAY - 5 * DAY)
        merge(active.organisation, applied.organisation)
        applied.refresh_from_db()
        active.refresh_from_db()
        assert (applied.status, active.status, active.organisation) == ("declined", "active", applied.organisation)
        assert applied.organisation.is_listed

    def test_past_figures_stay_and_todays_lose_the_double(self):
        kept = active_membership(on=TODAY - 9 * DAY)
        ended = active_membership(newcomer(org_class="university"), kept.mini_cluster, on=TODAY - 5 * DAY)
        before = table1.table(TODAY - DAY).rows[0].numbers
        merge(ended.organisation, kept.organisation)
        assert table1.table(TODAY - DAY).rows[0].numbers == before == [1, 0, 1, 0]
        assert table1.table(TODAY).rows[0].numbers == [1, 0, 0, 0]

    def test_one_that_moves_counts_as_the_survivors_class_from_today(self):
        survivor = active_membership().organisation
        moved = active_membership(newcomer(org_class="university"), on=TODAY - 5 * DAY)
        merge(moved.organisation, survivor)
        assert list(moved.periods.order_by("starts_on").values_list("org_class", "ends_on")) == [
            ("university", TODAY - DAY),
            ("company", None),
        ]


class TestBelongings:
    def test_people_move_and_nobody_stands_twice(self):
        duplicate, survivor = newcomer(), newcomer()
        only_there = manager_of(duplicate)
        both = UserFactory()
        AffiliationFactory(user=both, organisation=duplicate, is_manager=True)
        AffiliationFactory(user=both, organisation=survivor)
        merge(duplicate, survivor)
        current = Affiliation.objects.filter(organisation=survivor, ends_on=None).order_by("user")
        assert {(a.user, a.is_manager) for a in current} == {(only_there, True), (both, True)}
        assert not duplicate.affiliations.filter(ends_on=None).exists()

    def test_who_managed_the_duplicate_does_not_become_manager_where_somebody_manages(self):
        duplicate, survivor = newcomer(), newcomer()
        outsider, manager = manager_of(duplicate), manager_of(survivor)
        merge(duplicate, survivor)
        current = Affiliation.objects.filter(organisation=survivor, ends_on=None)
        assert {(a.user, a.is_manager) for a in current} == {(manager, True), (outsider, False)}

    def test_the_profile_gains_what_it_lacked_and_no_double(self):
        duplicate, survivor = newcomer(website="https://hanbit.example"), newcomer(contact_name="Kim")
        for organisation, text in [(duplicate, "A caster"), (duplicate, "A grinder"), (survivor, "A caster")]:
            Need.objects.create(organisation=organisation, kind="supplier", text=text)
        merge(duplicate, survivor)
        assert sorted(survivor.needs.values_list("text", flat=True)) == ["A caster", "A grinder"]
        assert (survivor.website, survivor.contact_name) == ("https://hanbit.example", "Kim")

    def test_identifiers_go_along_where_the_survivor_has_none(self):
        duplicate, survivor = newcomer(registration_number="1208147521"), newcomer()
        merge(duplicate, survivor)
        assert (duplicate.registration_number, survivor.registration_number) == (None, "1208147521")


class TestWhatRemains:
    def test_the_duplicate_leads_to_the_survivor_and_leaves_the_directory(self):
        membership, survivor = active_membership(), active_membership().organisation
        merge(membership.organisation, survivor)
        duplicate = Organisation.objects.get(pk=membership.organisation.pk)
        assert (duplicate.merged_into, duplicate.is_listed) == (survivor, False)

    def test_what_was_merged_before_leads_to_the_last_survivor(self):
        first, second, third = newcomer(), newcomer(), newcomer()
        merge(first, second)
        merge(second, third)
        first.refresh_from_db()
        assert first.merged_into == third

    def test_both_histories_tell_it(self):
        duplicate, survivor = newcomer(), newcomer()
        merge(duplicate, survivor, reason="Same firm")
        told = AuditEntry.objects.filter(reason="Same firm").order_by("pk")
        assert [(e.action, e.target) for e in told] == [("merge", duplicate), ("take_in", survivor)]


class TestRefusals:
    def test_not_into_itself(self):
        organisation = newcomer()
        with pytest.raises(ValidationError, match="into itself"):
            merge(organisation, organisation)

    def test_not_twice_and_not_into_a_merged_one(self):
        duplicate, survivor, third = newcomer(), newcomer(), newcomer()
        merge(duplicate, survivor)
        for pair in [(duplicate, third), (third, duplicate)]:
            with pytest.raises(ValidationError, match="merged already"):
                merge(*pair)

    def test_not_without_a_reason(self):
        with pytest.raises(ValidationError, match="Give the reason"):
            merge(newcomer(), newcomer(), reason=" ")

    @pytest.mark.parametrize(
        "person",
        [
            lambda m: UserFactory(),
            lambda m: colleague_at(m.organisation, is_manager=True),
            lambda m: coordinator_of(MiniClusterFactory()),
            lambda m: administrator(),
        ],
        ids=["stranger", "its manager", "coordinator of another mini-cluster", "administrator"],
    )
    def test_only_who_coordinates_all_it_stands_in(self, person):
        membership, survivor = active_membership(), active_membership().organisation
        with pytest.raises(PermissionDenied):
            merge(membership.organisation, survivor, by=person(membership))

    def test_its_own_coordinator_may(self):
        membership, survivor = active_membership(), active_membership().organisation
        merge(membership.organisation, survivor, by=coordinator_of(membership.mini_cluster))
        assert membership.organisation.merged_into == survivor

    def test_a_member_of_the_merged_one_may_not_apply_with_it(self):
        duplicate, survivor = newcomer(), newcomer()
        merge(duplicate, survivor)
        with pytest.raises(ValidationError, match="merged into another"):
            memberships.apply(organisation=duplicate, mini_cluster=MiniClusterFactory(), by=administrator())
