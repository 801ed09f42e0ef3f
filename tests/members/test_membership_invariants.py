"""Each thing that must hold among memberships is broken on purpose, and told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from members.actions.counting import draw_up_changes
from members.invariants import check
from members.models import Membership, MembershipChange, MembershipPeriod, Organisation
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def membership():
    return active_membership(on=timezone.localdate() - 9 * DAY)


def test_what_the_actions_leave_holds(membership):
    application_of()
    assert list(check()) == []


def test_a_member_that_is_not_listed_is_told(membership):
    Organisation.objects.update(is_listed=False)
    assert list(check()) == [
        f"Organisation {membership.organisation_id} is listed without an active membership, or not listed with one."
    ]


def test_an_active_membership_that_does_not_count_is_told(membership):
    MembershipPeriod.objects.all().delete()
    draw_up_changes()
    assert list(check()) == [f"Membership {membership.pk} is active, and its open period says otherwise."]


def test_a_day_counted_twice_is_told(membership):
    period = membership.periods.get()
    double = MembershipPeriod.objects.create(
        membership=membership,
        mini_cluster=membership.mini_cluster,
        org_class="company",
        starts_on=period.starts_on - DAY,
        ends_on=period.starts_on,
    )
    assert list(check()) == [f"Period {double.pk} of membership {membership.pk} overlaps another one."]


def test_a_period_of_another_mini_cluster_is_told(membership):
    period = membership.periods.get()
    MembershipPeriod.objects.update(mini_cluster=MiniClusterFactory())
    draw_up_changes()
    assert list(check()) == [f"Period {period.pk} counts in another mini-cluster than its membership."]


def test_a_change_that_the_periods_do_not_tell_is_told_until_they_are_counted_anew(membership):
    change = MembershipChange.objects.get()
    MembershipChange.objects.update(change=5)
    assert list(check()) == [
        f"Mini-cluster {membership.mini_cluster_id}, company, {change.month:%Y-%m}: a change by 5 is kept, "
        "the periods say 1; run `manage.py count_memberships`."
    ]
    call_command("count_memberships", verbosity=0)
    assert list(check()) == []


def test_a_standing_membership_of_a_merged_organisation_is_told():
    membership = application_of()
    Organisation.objects.filter(pk=membership.organisation_id).update(merged_into=newcomer())
    assert list(check()) == [
        f"Membership {Membership.objects.get().pk} stands with organisation {membership.organisation_id}, "
        "which was merged."
    ]
