"""The pages on which colleagues are kept, and the page that an invitation leads to."""

import re

import pytest
from django.core import mail

from ecluster.accounts.models import User
from members.actions.people import invite
from members.models import Invitation
from tests.factories.accounts import UserFactory
from tests.factories.memberships import active_membership
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return active_membership().organisation


@pytest.fixture
def link(company, run_tasks):
    """The link in the mail to new@example.org."""
    invite(organisation=company, email="new@example.org", by=manager_of(company), language="en")
    run_tasks()
    return re.search(r"(/account/invitations/\S+)", mail.outbox[-1].body)[1]


def colleagues(company) -> str:
    return f"/members/{company.pk}/colleagues/"


def test_a_manager_sees_colleagues_and_invites_one(client_for, company):
    manager = manager_of(company)
    client = client_for(manager)
    response = client.post(
        f"{colleagues(company)}invite/", {"email": "new@example.org", "is_manager": "on", "language": "ko"}
    )
    assert response.url == colleagues(company)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.is_manager, invitation.invited_by) == ("new@example.org", True, manager)
    page = client.get(colleagues(company))
    assert [affiliation.user for affiliation, _contact in page.context["colleagues"]] == [manager]
    assert page.context["invitations"] == [invitation]


def test_the_way_to_ones_own_people(client_for, company):
    member = colleague_at(company)
    assert client_for(member).get("/colleagues/").url == colleagues(company)
    other = active_membership().organisation
    AffiliationFactory(user=member, organisation=other)
    assert set(client_for(member).get("/colleagues/").context["organisations"]) == {company, other}
    assert client_for(UserFactory()).get("/colleagues/").status_code == 404


def test_a_member_is_not_offered_to_make_managers(client_for, company):
    client = client_for(colleague_at(company))
    assert "is_manager" not in client.get(f"{colleagues(company)}invite/").context["form"].fields
    client.post(f"{colleagues(company)}invite/", {"email": "a@example.org", "is_manager": "on", "language": "ko"})
    assert not Invitation.objects.get().is_manager


def test_a_bad_address_and_a_colleagues_one_are_told_at_the_field(client_for, company):
    manager = manager_of(company)
    for email in ("nonsense", manager.email):
        form = (
            client_for(manager)
            .post(f"{colleagues(company)}invite/", {"email": email, "language": "ko"})
            .context["form"]
        )
        assert set(form.errors) == {"email"}
    assert not Invitation.objects.exists()


def test_the_page_is_nobody_elses(client_for, company):
    stranger = manager_of(active_membership().organisation)
    others = [stranger, UserFactory(), coordinator_of(MiniClusterFactory())]
    target = colleague_at(company)
    for client in map(client_for, others):
        assert client.get(colleagues(company)).status_code == 404
        assert client.get(f"{colleagues(company)}invite/").status_code == 404
        assert client.post(f"/colleagues/{target.affiliations.get().pk}/end/").status_code == 404
        assert client.post(f"/colleagues/{target.affiliations.get().pk}/manager/").status_code == 404


def test_a_manager_makes_and_unmakes_managers_and_ends_a_colleague(client_for, company):
    client, colleague = client_for(manager_of(company)), colleague_at(company)
    affiliation = colleague.affiliations.get()
    client.post(f"/colleagues/{affiliation.pk}/manager/", {"is_manager": "yes"})
    affiliation.refresh_from_db()
    assert affiliation.is_manager
    client.post(f"/colleagues/{affiliation.pk}/manager/", {"is_manager": "no"})
    client.post(f"/colleagues/{affiliation.pk}/end/")
    assert not company.affiliations.filter(user=colleague).exists()


def test_that_the_last_manager_stays_is_told(client_for, company):
    manager = manager_of(company)
    affiliation = manager.affiliations.get()
    page = client_for(manager).post(f"/colleagues/{affiliation.pk}/end/", follow=True)
    assert "is the only manager here" in page.content.decode()
    assert company.affiliations.current().count() == 1


def test_who_leaves_is_led_home(client_for, company):
    manager_of(company)
    member = colleague_at(company)
    assert client_for(member).post(f"/colleagues/{member.affiliations.get().pk}/end/").url == "/"


def test_an_invitation_is_sent_again_and_withdrawn(client_for, company, run_tasks):
    manager = manager_of(company)
    invitation = invite(organisation=company, email="new@example.org", by=manager)
    client = client_for(manager)
    client.post(f"/colleagues/invitations/{invitation.pk}/resend/")
    client.post(f"/colleagues/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert client_for(colleague_at(company)).post(f"/colleagues/invitations/{invitation.pk}/resend/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_queries(client_for, company, django_assert_num_queries, number):
    manager = manager_of(company)
    for index in range(number):
        colleague_at(company)
        invite(organisation=company, email=f"new{index}@example.org", by=manager)
    client = client_for(manager)
    with django_assert_num_queries(7):
        client.get(colleagues(company))


def test_a_new_person_opens_an_account_by_the_link_and_is_signed_in(client, company, link):
    assert "new@example.org" in client.get(link).content.decode()
    response = client.post(link, {"name": "Lee Younghee", "password": "a good long password"})
    assert response.url == company.get_absolute_url()
    user = User.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(colleagues(company)).status_code == 200
    assert client.get(link).status_code == 404


def test_a_weak_password_is_told_and_the_name_is_kept(client, link):
    page = client.post(link, {"name": "Lee Younghee", "password": "password"})
    assert set(page.context["form"].errors) == {"password"}
    assert 'value="Lee Younghee"' in page.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_somebody_with_an_account_signs_in_and_joins_in_one_click(client, client_for, company, link):
    person = UserFactory(email="new@example.org")
    assert f"/account/login/?next={link}" in client.get(link).content.decode()
    response = client_for(person).post(link)
    assert response.url == company.get_absolute_url()
    assert company.affiliations.current().filter(user=person).count() == 1


def test_somebody_else_is_told_whom_it_was_sent_to(client_for, company, link):
    other = UserFactory()
    client = client_for(other)
    assert "This invitation was sent to new@example.org" in client.get(link).content.decode()
    client.post(link)
    assert not company.affiliations.filter(user=other).exists()


def test_a_link_that_leads_nowhere_says_so(client):
    response = client.get("/account/invitations/nonsense/")
    assert response.status_code == 404
    assert "no longer open" in response.content.decode()
