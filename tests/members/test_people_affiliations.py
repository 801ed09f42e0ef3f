"""Who belongs to an organisation, and who manages it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.audit.models import AuditEntry
from members.actions.people import affiliate, end_affiliation, set_manager
from members.models import Affiliation
from tests.factories.accounts import UserFactory, administrator
from tests.factories.memberships import active_membership
from tests.factories.mini_clusters import chief_coordinator, coordinator_of
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return active_membership().organisation


def test_a_manager_makes_a_colleague_manager_who_is_told(company):
    manager, colleague = manager_of(company), colleague_at(company)
    assert not colleague.may(Permission.EDIT_ORGANISATION, company)

    set_manager(affiliation=colleague.affiliations.get(), is_manager=True, by=manager)

    assert type(colleague).objects.get(pk=colleague.pk).may(Permission.EDIT_ORGANISATION, company)
    assert colleague.notices.get().subject == f"You are now a manager of {company.name_en}"
    entry = AuditEntry.objects.about(company).get(action="change_manager")
    assert (entry.actor, entry.changes) == (manager, {"manager": ["", f"person {colleague.pk}"]})


def test_who_is_manager_already_stays_so_without_a_word(company):
    manager, other = manager_of(company), manager_of(company)
    set_manager(affiliation=other.affiliations.get(), is_manager=True, by=manager)
    assert not AuditEntry.objects.filter(action="change_manager").exists()


def test_a_manager_steps_down_when_there_is_another(company):
    manager, _other = manager_of(company), manager_of(company)
    set_manager(affiliation=manager.affiliations.get(), is_manager=False, by=manager)
    assert not company.affiliations.get(user=manager).is_manager


def test_the_last_manager_neither_steps_down_nor_leaves(company):
    manager = manager_of(company)
    colleague_at(company)
    affiliation = manager.affiliations.get()
    with pytest.raises(ValidationError, match="only manager"):
        set_manager(affiliation=affiliation, is_manager=False, by=manager)
    with pytest.raises(ValidationError, match="only manager"):
        end_affiliation(affiliation=affiliation, by=manager)


def test_a_coordinator_may_take_the_last_manager_away():
    membership = active_membership()
    affiliation = manager_of(membership.organisation).affiliations.get()
    set_manager(affiliation=affiliation, is_manager=False, by=coordinator_of(membership.mini_cluster))
    affiliation.refresh_from_db()
    assert not affiliation.is_manager


@pytest.mark.parametrize("change", [set_manager, end_affiliation])
def test_a_member_changes_nobody(company, change):
    manager_of(company)
    target, member = colleague_at(company).affiliations.get(), colleague_at(company)
    facts = {"is_manager": True} if change is set_manager else {}
    with pytest.raises(PermissionDenied):
        change(affiliation=target, by=member, **facts)


@pytest.mark.parametrize("change", [set_manager, end_affiliation])
def test_the_manager_of_another_organisation_changes_nobody_here(company, change):
    target = colleague_at(company).affiliations.get()
    stranger = manager_of(active_membership().organisation)
    facts = {"is_manager": True} if change is set_manager else {}
    with pytest.raises(PermissionDenied):
        change(affiliation=target, by=stranger, **facts)


def test_who_is_sent_away_is_out_at_once_and_told(company):
    manager = manager_of(company)
    affiliation = AffiliationFactory(organisation=company, starts_on=timezone.localdate() - timedelta(days=30))
    colleague = affiliation.user
    end_affiliation(affiliation=affiliation, by=manager, reason="Left the firm")

    assert not type(colleague).objects.get(pk=colleague.pk).may(Permission.VIEW_MEMBERS_SIDE)
    affiliation.refresh_from_db()
    assert affiliation.ends_on == timezone.localdate() - timedelta(days=1)
    assert colleague.notices.get().subject == f"You no longer belong to {company.name_en}"
    assert AuditEntry.objects.about(company).get(action="colleague_left").reason == "Left the firm"


def test_a_last_day_to_come_keeps_the_colleague_until_then(company):
    manager, colleague = manager_of(company), colleague_at(company)
    last_day = timezone.localdate() + timedelta(days=10)
    end_affiliation(affiliation=colleague.affiliations.get(), by=manager, on=last_day)
    assert company.affiliations.current().filter(user=colleague).get().ends_on == last_day


def test_who_joined_today_and_leaves_today_counted_on_no_day(company):
    manager, colleague = manager_of(company), colleague_at(company)
    end_affiliation(affiliation=colleague.affiliations.get(), by=manager)
    assert not Affiliation.objects.filter(user=colleague).exists()


def test_a_person_leaves_by_themself_and_the_managers_are_told(company):
    manager, colleague = manager_of(company), colleague_at(company)
    end_affiliation(affiliation=colleague.affiliations.get(), by=colleague)
    assert manager.notices.get().subject == f"{colleague.name_en} left {company.name_en}"


def test_who_has_left_cannot_be_sent_away_again(company):
    manager = manager_of(company)
    affiliation = AffiliationFactory(organisation=company, starts_on=timezone.localdate() - timedelta(days=30))
    end_affiliation(affiliation=affiliation, by=manager)
    with pytest.raises(ValidationError, match="left already"):
        end_affiliation(affiliation=affiliation, by=manager)


def test_records_from_before_the_portal_are_loaded_by_an_administrator(company):
    person, loader = UserFactory(), administrator()
    first_day = timezone.localdate() - timedelta(days=4000)
    affiliation = affiliate(user=person, organisation=company, by=loader, title="CEO", starts_on=first_day)
    assert (affiliation.title, affiliation.is_manager, affiliation.starts_on) == ("CEO", False, first_day)


def test_affiliating_twice_is_one_affiliation_and_may_make_manager(company):
    person, chief = UserFactory(), chief_coordinator()
    affiliate(user=person, organisation=company, by=chief)
    affiliation = affiliate(user=person, organisation=company, by=chief, is_manager=True)
    assert (company.affiliations.filter(user=person).count(), affiliation.is_manager) == (1, True)


def test_a_manager_affiliates_to_nobody_elses_organisation(company):
    stranger = manager_of(active_membership().organisation)
    with pytest.raises(PermissionDenied):
        affiliate(user=UserFactory(), organisation=company, by=stranger)
