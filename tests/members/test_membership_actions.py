"""Memberships from application to end: who may do what when, and on which days each counts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.notifications.models import Notice
from ecluster.workflow import WrongStatus
from members.actions import memberships
from members.models import Membership, OrganisationClass
from members.statuses import MembershipStatus
from tests.factories.accounts import UserFactory, administrator
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator, coordinator_of
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def periods(membership):
    return list(membership.periods.order_by("starts_on").values_list("starts_on", "ends_on", "org_class"))


class TestEnrolling:
    def test_a_loaded_membership_is_active_from_its_day_and_no_coordinator_is_told(self):
        mini_cluster, day = MiniClusterFactory(), TODAY - 400 * DAY
        coordinator_of(mini_cluster)
        membership = memberships.enrol(
            organisation=newcomer(), mini_cluster=mini_cluster, by=administrator(), on=day, reason="The roll of members"
        )
        assert (membership.status, membership.applied_on, periods(membership)) == (
            "active",
            day,
            [(day, None, "company")],
        )
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("person", [UserFactory, chief_coordinator])
    def test_who_may_not_load_history_dates_nothing_before_this_year(self, person):
        with pytest.raises((ValidationError, PermissionDenied)):
            memberships.enrol(
                organisation=newcomer(), mini_cluster=MiniClusterFactory(), by=person(), on=date(2004, 4, 20)
            )
        assert not Membership.objects.exists()


class TestApplying:
    def test_a_visitors_organisation_waits_for_its_coordinator(self):
        organisation, mini_cluster = newcomer(), MiniClusterFactory()
        membership = memberships.apply(
            organisation=organisation, mini_cluster=mini_cluster, by=AnonymousUser(), motive=" To share machines "
        )
        assert (membership.status, membership.motive, membership.applied_on) == ("applied", "To share machines", TODAY)
        assert periods(membership) == []

    def test_a_manager_applies_for_their_own_organisation(self):
        organisation = active_membership().organisation
        membership = memberships.apply(
            organisation=organisation, mini_cluster=MiniClusterFactory(), by=manager_of(organisation)
        )
        assert membership.status == MembershipStatus.APPLIED

    @pytest.mark.parametrize("person", [lambda o: AnonymousUser(), lambda o: UserFactory(), colleague_at])
    def test_nobody_but_its_manager_or_coordinator_applies_for_a_member(self, person):
        organisation = active_membership().organisation
        with pytest.raises(PermissionDenied):
            memberships.apply(organisation=organisation, mini_cluster=MiniClusterFactory(), by=person(organisation))

    def test_it_stands_in_a_mini_cluster_once(self):
        membership = application_of()
        with pytest.raises(ValidationError, match="“applied” already"):
            application_of(membership.organisation, membership.mini_cluster)

    def test_who_was_declined_may_apply_again(self):
        membership = application_of()
        memberships.decline(membership=membership, by=chief_coordinator(), reason="No plant here")
        again = application_of(membership.organisation, membership.mini_cluster)
        assert again.status == MembershipStatus.APPLIED

    def test_a_day_to_come_is_refused(self):
        with pytest.raises(ValidationError) as error:
            application_of(on=TODAY + DAY)
        assert error.value.message_dict == {"applied_on": ["This day is yet to come."]}


class TestApproving:
    def test_it_counts_from_today_and_is_in_the_directory(self):
        membership = application_of()
        memberships.approve(membership=membership, by=coordinator_of(membership.mini_cluster))
        membership.refresh_from_db()
        assert (membership.status, membership.status_since) == ("active", TODAY)
        assert periods(membership) == [(TODAY, None, "company")]
        assert membership.organisation.is_listed

    def test_the_trail_says_who_and_why(self):
        membership = application_of()
        coordinator = coordinator_of(membership.mini_cluster)
        memberships.approve(membership=membership, by=coordinator, reason="Known since 2010")
        entry = AuditEntry.objects.about(membership).first()
        assert (entry.action, entry.actor, entry.reason) == ("approve", coordinator, "Known since 2010")
        assert entry.changes["status"] == ["applied", "active"]

    @pytest.mark.parametrize(
        "person",
        [
            lambda m: AnonymousUser(),
            lambda m: UserFactory(),
            lambda m: manager_of(m.organisation),
            lambda m: coordinator_of(MiniClusterFactory()),
        ],
        ids=["visitor", "stranger", "its own manager", "coordinator of another mini-cluster"],
    )
    def test_only_its_coordinators_approve(self, person):
        membership = application_of()
        with pytest.raises(PermissionDenied):
            memberships.approve(membership=membership, by=person(membership))
        assert Membership.objects.get().status == MembershipStatus.APPLIED

    def test_the_second_to_press_is_told(self):
        membership = application_of()
        first, second = Membership.objects.get(), Membership.objects.get()
        memberships.approve(membership=first, by=coordinator_of(membership.mini_cluster))
        with pytest.raises(WrongStatus, match="it is “active” now"):
            memberships.approve(membership=second, by=chief_coordinator())
        assert membership.periods.count() == 1

    def test_not_before_it_applied(self):
        membership = application_of()
        with pytest.raises(ValidationError, match="give that day or a later one"):
            memberships.approve(membership=membership, by=chief_coordinator(), on=TODAY - DAY)

    def test_a_declined_one_stays_declined(self):
        membership = application_of()
        memberships.decline(membership=membership, by=chief_coordinator(), reason="No plant here")
        with pytest.raises(WrongStatus):
            memberships.approve(membership=membership, by=chief_coordinator())


class TestDeclining:
    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_reason_is_given(self, reason):
        membership = application_of()
        with pytest.raises(ValidationError) as error:
            memberships.decline(membership=membership, by=chief_coordinator(), reason=reason)
        assert list(error.value.message_dict) == ["reason"]
        assert Membership.objects.get().status == MembershipStatus.APPLIED

    def test_the_organisation_does_not_enter_the_directory(self):
        membership = application_of()
        memberships.decline(membership=membership, by=chief_coordinator(), reason="No plant here")
        membership.refresh_from_db()
        assert (membership.decision_reason, membership.organisation.is_listed) == ("No plant here", False)


class TestSuspendingResumingEnding:
    def test_the_day_of_suspension_counts_no_more(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        memberships.suspend(membership=membership, by=chief_coordinator(), reason="Dues", on=TODAY - 3 * DAY)
        assert periods(membership) == [(TODAY - 10 * DAY, TODAY - 4 * DAY, "company")]
        membership.organisation.refresh_from_db()
        assert not membership.organisation.is_listed

    def test_it_counts_again_from_the_day_it_is_resumed(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        memberships.suspend(membership=membership, by=chief_coordinator(), reason="Dues", on=TODAY - 5 * DAY)
        memberships.resume(membership=membership, by=chief_coordinator(), reason="Paid", on=TODAY - 2 * DAY)
        assert periods(membership) == [
            (TODAY - 10 * DAY, TODAY - 6 * DAY, "company"),
            (TODAY - 2 * DAY, None, "company"),
        ]

    def test_what_began_and_ended_today_never_counted(self):
        membership = active_membership()
        memberships.suspend(membership=membership, by=chief_coordinator(), reason="By mistake")
        assert periods(membership) == []

    def test_it_may_be_resumed_on_the_day_it_was_suspended(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        memberships.suspend(membership=membership, by=chief_coordinator(), reason="By mistake")
        memberships.resume(membership=membership, by=chief_coordinator(), reason="It was")
        assert periods(membership) == [(TODAY - 10 * DAY, TODAY - DAY, "company"), (TODAY, None, "company")]

    def test_a_day_on_which_it_has_counted_is_not_taken_back(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        with pytest.raises(ValidationError, match="It has counted since"):
            memberships.end(membership=membership, by=chief_coordinator(), reason="Moved", on=TODAY - 10 * DAY)

    def test_not_before_it_was_active(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        with pytest.raises(ValidationError, match="It is “active” since"):
            memberships.end(membership=membership, by=chief_coordinator(), reason="Moved", on=TODAY - 11 * DAY)

    def test_a_suspended_one_can_be_ended(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        memberships.suspend(membership=membership, by=chief_coordinator(), reason="Dues", on=TODAY - 5 * DAY)
        memberships.end(membership=membership, by=chief_coordinator(), reason="Dissolved")
        assert membership.status == MembershipStatus.LEFT
        assert periods(membership) == [(TODAY - 10 * DAY, TODAY - 6 * DAY, "company")]

    def test_it_stays_in_the_directory_while_another_membership_is_active(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        active_membership(membership.organisation, on=TODAY - 10 * DAY)
        memberships.end(membership=membership, by=chief_coordinator(), reason="Moved")
        membership.organisation.refresh_from_db()
        assert membership.organisation.is_listed

    @pytest.mark.parametrize("action", [memberships.suspend, memberships.end])
    def test_only_its_coordinators_do(self, action):
        membership = active_membership()
        with pytest.raises(PermissionDenied):
            action(membership=membership, by=coordinator_of(MiniClusterFactory()), reason="Not mine")
        with pytest.raises(PermissionDenied):
            action(membership=membership, by=manager_of(membership.organisation), reason="My own")

    @pytest.mark.parametrize("action", [memberships.suspend, memberships.end, memberships.resume])
    def test_a_reason_is_given(self, action):
        with pytest.raises(ValidationError, match="Give the reason"):
            action(membership=active_membership(), by=chief_coordinator(), reason="")

    @pytest.mark.parametrize("action", [memberships.suspend, memberships.end, memberships.resume])
    def test_an_application_can_only_be_decided(self, action):
        with pytest.raises(WrongStatus):
            action(membership=application_of(), by=chief_coordinator(), reason="Too early")


class TestReclassifying:
    def test_the_days_before_stay_with_the_old_class(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        organisation = membership.organisation
        memberships.reclassify(organisation=organisation, org_class="rnd_centre", by=manager_of(organisation))
        assert organisation.org_class == OrganisationClass.RND_CENTRE
        assert periods(membership) == [(TODAY - 10 * DAY, TODAY - DAY, "company"), (TODAY, None, "rnd_centre")]

    def test_the_same_class_changes_nothing(self):
        membership = active_membership(on=TODAY - 10 * DAY)
        memberships.reclassify(
            organisation=membership.organisation, org_class="company", by=manager_of(membership.organisation)
        )
        assert periods(membership) == [(TODAY - 10 * DAY, None, "company")]

    def test_only_who_may_edit_the_organisation_does(self):
        organisation = active_membership().organisation
        with pytest.raises(PermissionDenied):
            memberships.reclassify(organisation=organisation, org_class="university", by=colleague_at(organisation))


class TestClosedYears:
    """The year is closed at the end of the next January; records from before the portal may still be loaded."""

    @pytest.mark.parametrize(
        ("today", "first"),
        [
            (date(2026, 1, 31), date(2025, 1, 1)),
            (date(2026, 2, 1), date(2026, 1, 1)),
            (date(2026, 12, 31), date(2026, 1, 1)),
        ],
    )
    def test_the_first_open_day(self, today, first):
        from members.closed_years import first_open_day

        assert first_open_day(today) == first

    def test_a_coordinator_does_not_date_into_a_closed_year(self):
        membership = active_membership(on=date(2004, 5, 3))
        with pytest.raises(ValidationError, match="That year is closed"):
            memberships.end(membership=membership, by=chief_coordinator(), reason="Late", on=date(2005, 6, 1))
        assert periods(membership) == [(date(2004, 5, 3), None, "company")]

    def test_an_administrator_loads_old_records(self):
        membership = application_of(on=date(2004, 4, 20))
        memberships.approve(membership=membership, by=administrator(), on=date(2004, 5, 3))
        assert periods(membership) == [(date(2004, 5, 3), None, "company")]
        assert AuditEntry.objects.about(membership).first().action == "load"
