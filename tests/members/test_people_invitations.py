"""Colleagues are invited by mail and join by its link (mission A4)."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.accounts.models import User
from ecluster.audit.models import AuditEntry
from members.actions.people import (
    accept_as_new_person,
    accept_invitation,
    find_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from members.models import Affiliation, Invitation
from tests.factories.accounts import UserFactory
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return active_membership().organisation


@pytest.fixture
def mailed_token(run_tasks):
    """The token in the last mail, once the worker has sent it."""

    def token() -> str:
        run_tasks()
        return re.search(r"/account/invitations/([\w-]+)/", mail.outbox[-1].body)[1]

    return token


def test_a_manager_invites_and_a_new_person_joins_by_the_mailed_link(company, mailed_token):
    manager = manager_of(company)
    invite(organisation=company, email="New@Example.org ", by=manager, title="Engineer", language="en")
    token = mailed_token()
    assert mail.outbox[-1].to == ["new@example.org"]
    assert mail.outbox[-1].subject == f"You are invited to join {company.name_en} on e-Cluster"

    user = accept_as_new_person(token=token, name="Lee Younghee", password="a fine password", language="en")

    assert (user.email, user.name_en, user.check_password("a fine password")) == (
        "new@example.org",
        "Lee Younghee",
        True,
    )
    assert user.emailaddress_set.get().verified
    affiliation = company.affiliations.get(user=user)
    assert (affiliation.title, affiliation.is_manager) == ("Engineer", False)
    assert manager.notices.get().subject == f"Lee Younghee joined {company.name_en}"


def test_the_mail_is_in_the_language_of_the_invitation(company, mailed_token):
    invite(organisation=company, email="new@example.org", by=manager_of(company), language="ko")
    mailed_token()
    assert mail.outbox[-1].extra_headers["Content-Language"] == "ko"


def test_a_korean_name_is_kept_as_the_korean_one(company, mailed_token):
    invite(organisation=company, email="new@example.org", by=manager_of(company))
    user = accept_as_new_person(token=mailed_token(), name="이영희", password="a fine password", language="ko")
    assert (user.name_ko, user.name_en, user.language) == ("이영희", "", "ko")


def test_the_link_is_written_down_nowhere(company, mailed_token):
    invite(organisation=company, email="new@example.org", by=manager_of(company))
    token = mailed_token()
    assert token not in str(list(Invitation.objects.values()))
    assert "new@example.org" not in str(list(AuditEntry.objects.values()))


def test_somebody_with_an_account_joins_with_it(company, mailed_token):
    invite(organisation=company, email="old@example.org", by=manager_of(company), is_manager=True)
    person = UserFactory(email="old@example.org")
    accept_invitation(token=mailed_token(), by=person)
    assert company.affiliations.get(user=person).is_manager


def test_an_invitation_to_another_address_is_refused(company, mailed_token):
    invite(organisation=company, email="new@example.org", by=manager_of(company))
    other = UserFactory()
    with pytest.raises(ValidationError, match="another address"):
        accept_invitation(token=mailed_token(), by=other)
    assert not company.affiliations.filter(user=other).exists()


def test_a_new_account_is_refused_where_the_address_has_one(company, mailed_token):
    invite(organisation=company, email="old@example.org", by=manager_of(company))
    UserFactory(email="old@example.org")
    with pytest.raises(ValidationError, match="account with this address"):
        accept_as_new_person(token=mailed_token(), name="X", password="a fine password", language="en")


def test_the_same_invitation_twice_is_one_affiliation(company, mailed_token):
    invite(organisation=company, email="old@example.org", by=manager_of(company))
    person, token = UserFactory(email="old@example.org"), mailed_token()
    accept_invitation(token=token, by=person)
    with pytest.raises(ValidationError, match="no longer open"):
        accept_invitation(token=token, by=person)
    assert Affiliation.objects.filter(user=person).count() == 1


def test_an_invitation_runs_out_after_thirty_days(company, mailed_token):
    invitation = invite(organisation=company, email="new@example.org", by=manager_of(company))
    token = mailed_token()
    assert timedelta(days=29) < invitation.expires_at - timezone.now() <= timedelta(days=30)
    Invitation.objects.update(expires_at=timezone.now())
    assert find_invitation(token) is None
    with pytest.raises(ValidationError, match="no longer open"):
        accept_as_new_person(token=token, name="X", password="a fine password", language="en")
    assert not User.objects.filter(email="new@example.org").exists()


def test_inviting_again_sends_a_new_link_and_closes_the_old_one(company, mailed_token):
    manager = manager_of(company)
    invite(organisation=company, email="new@example.org", by=manager)
    first = mailed_token()
    invite(organisation=company, email="NEW@example.org", by=manager, title="Director", is_manager=True)
    second = mailed_token()
    assert find_invitation(first) is None
    invitation = find_invitation(second)
    assert (invitation.title, invitation.is_manager, Invitation.objects.count()) == ("Director", True, 1)


def test_resending_closes_the_old_link_and_runs_thirty_days_anew(company, mailed_token):
    manager = manager_of(company)
    invitation = invite(organisation=company, email="new@example.org", by=manager)
    first = mailed_token()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    resend_invitation(invitation=invitation, by=manager)
    assert find_invitation(first) is None
    assert find_invitation(mailed_token()) == invitation


def test_a_withdrawn_invitation_opens_nothing(company, mailed_token):
    manager = manager_of(company)
    invitation = invite(organisation=company, email="new@example.org", by=manager)
    token = mailed_token()
    withdraw_invitation(invitation=invitation, by=manager)
    assert find_invitation(token) is None
    with pytest.raises(ValidationError, match="no longer open"):
        withdraw_invitation(invitation=invitation, by=manager)


def test_one_withdrawn_before_it_was_mailed_is_not_mailed(company, run_tasks):
    manager = manager_of(company)
    invitation = invite(organisation=company, email="new@example.org", by=manager)
    withdraw_invitation(invitation=invitation, by=manager)
    run_tasks()
    assert mail.outbox == []


def test_a_colleague_is_not_invited_again(company):
    manager = manager_of(company)
    colleague = colleague_at(company)
    with pytest.raises(ValidationError, match="here already"):
        invite(organisation=company, email=colleague.email.upper(), by=manager)


def test_a_member_invites_colleagues_but_no_managers(company):
    member = colleague_at(company)
    invite(organisation=company, email="new@example.org", by=member)
    with pytest.raises(PermissionDenied):
        invite(organisation=company, email="boss@example.org", by=member, is_manager=True)


def test_a_member_withdraws_their_own_invitation_and_nobody_elses(company):
    member, other = colleague_at(company), colleague_at(company)
    invitation = invite(organisation=company, email="new@example.org", by=member)
    with pytest.raises(PermissionDenied):
        withdraw_invitation(invitation=invitation, by=other)
    withdraw_invitation(invitation=invitation, by=member)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_nobody_invites_to_an_organisation_that_is_not_theirs(company):
    stranger = manager_of(active_membership().organisation)
    with pytest.raises(PermissionDenied):
        invite(organisation=company, email="new@example.org", by=stranger)


def test_its_coordinator_invites_the_manager_of_an_applicant():
    mini_cluster = MiniClusterFactory()
    applicant = application_of(mini_cluster=mini_cluster).organisation
    invitation = invite(
        organisation=applicant, email="new@example.org", by=coordinator_of(mini_cluster), is_manager=True
    )
    assert invitation.is_manager


def test_the_coordinator_of_another_mini_cluster_does_not(company):
    with pytest.raises(PermissionDenied):
        invite(organisation=company, email="new@example.org", by=coordinator_of(MiniClusterFactory()))


def test_a_former_colleague_can_be_invited_back(company, mailed_token):
    manager, today = manager_of(company), timezone.localdate()
    person = UserFactory(email="back@example.org")
    Affiliation.objects.create(
        user=person,
        organisation=company,
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=2),
    )
    invite(organisation=company, email=person.email, by=manager)
    accept_invitation(token=mailed_token(), by=person)
    assert company.affiliations.filter(user=person).current().count() == 1


def test_an_applicant_that_is_not_yet_a_member_has_no_members_who_invite():
    applicant = newcomer()
    with pytest.raises(PermissionDenied):
        invite(organisation=applicant, email="new@example.org", by=colleague_at(applicant))
