"""One's own data as a file, and closing an account."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.actions.people import update_profile
from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from members.models import Affiliation, Application, Expert, Invitation
from tests.factories.accounts import PASSWORD, UserFactory, administrator, office_holder, second_factor
from tests.factories.memberships import active_membership
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db


def test_the_file_holds_every_apps_part(client_for):
    person = colleague_at(active_membership().organisation, name_en="Lee Younghee")
    Expert.objects.create(user=person, biography_en="Twenty years of dies")
    update_profile(user=person, by=person, phone="055-1")
    response = client_for(person).get("/account/privacy/data/")
    data = json.loads(response.content)
    assert set(data) == {"made_at", "equipment", "members", "notifications", "audit", "accounts"}
    assert data["accounts"]["person"]["name_en"] == "Lee Younghee"
    assert len(data["members"]["affiliations"]) == 1
    assert data["members"]["expert"]["biography_en"] == "Twenty years of dies"
    assert [entry["action"] for entry in data["audit"]["entries"]] == ["update_profile"]
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_file_holds_nothing_of_others(client_for):
    company = active_membership().organisation
    person, other = colleague_at(company), colleague_at(company)
    assert other.email not in client_for(person).get("/account/privacy/data/").content.decode()


def test_closing_is_told_beforehand_and_confirmed_by_password(client_for):
    company = active_membership().organisation
    person = manager_of(company)
    page = client_for(person).get("/account/close/")
    assert f"You are the only manager of {company.name_en}" in page.content.decode()
    form = client_for(person).post("/account/close/", {"password": "wrong"}).context["form"]
    assert form.errors == {"password": ["This is not your password."]}
    person.refresh_from_db()
    assert person.is_active


def test_a_closed_account_names_nobody_and_lets_nobody_in(client_for, client):
    person = UserFactory(phone="055-1", email="lee@example.org")
    second_factor(person)
    elsewhere = client_for(person)
    page = client_for(person).post("/account/close/", {"password": PASSWORD})
    assert "Your account is closed" in page.content.decode()
    person.refresh_from_db()
    assert (person.email, person.phone, person.is_active) == (f"closed-{person.pk}@closed.invalid", "", False)
    assert person.name == "Closed account"
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert elsewhere.get("/account/").status_code == 302
    client.post("/account/login/", {"login": "lee@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_it_says_what_was_kept_and_why(client_for):
    page = client_for(UserFactory()).post("/account/close/", {"password": PASSWORD}).content.decode()
    assert "The audit trail: who answered for a decision must stay told." in page


def test_every_app_lets_go():
    company = active_membership().organisation
    long_ago = timezone.localdate() - timedelta(days=100)
    person = AffiliationFactory(organisation=company, starts_on=long_ago, title="CEO").user
    email = person.email
    expert = Expert.objects.create(
        user=person, status="accepted", biography_en="Twenty years of dies", is_public=True, languages=["ko"]
    )
    engagement = expert.engagements.create(title_en="Wear of dies", field="rnd")
    application = Application.objects.create(organisation=company, contact_name="Lee", contact_email=email.upper())
    Invitation.objects.create(organisation=company, email=email, name="Lee", token_hash="1", accepted_at=timezone.now())
    type(company).objects.filter(pk=company.pk).update(contact_name="Lee", contact_email=email)

    close_account(user=person, by=person)

    assert Affiliation.objects.get(user=person).ends_on == timezone.localdate() - timedelta(days=1)
    expert.refresh_from_db()
    assert (expert.status, expert.biography_en, expert.is_public, expert.languages) == ("left", "", False, [])
    assert list(expert.engagements.all()) == [engagement]
    application.refresh_from_db()
    company.refresh_from_db()
    invitation = Invitation.objects.get()
    assert (application.contact_name, company.contact_name, invitation.name) == ("", "", "")
    for told in (application.contact_email, company.contact_email, invitation.email):
        assert told != email


def test_the_inbox_is_emptied():
    from ecluster.notifications.models import Notice

    person = UserFactory()
    Notice.objects.create(user=person, kind="account.warning", subject="X", channel="never")
    close_account(user=person, by=person)
    assert not Notice.objects.exists()


def test_the_trail_keeps_what_the_person_did_without_their_name():
    person = UserFactory(name_en="Lee Younghee")
    update_profile(user=person, by=person, language="ko")
    close_account(user=person, by=person)
    entries = AuditEntry.objects.filter(actor=person).order_by("pk")
    assert [entry.action for entry in entries] == ["update_profile", "close_account"]
    assert "Lee" not in str(list(entries.values()))


def test_an_office_ends_and_its_term_stays_on_record():
    person = office_holder(Role.COORDINATOR)
    close_account(user=person, by=person)
    assert person.appointments.get().ends_on == timezone.localdate()


def test_the_only_administrator_stays_until_there_is_another(client_for):
    admin = administrator()
    page = client_for(admin).post("/account/close/", {"password": PASSWORD})
    assert "You are the only administrator" in page.content.decode()
    admin.refresh_from_db()
    assert admin.is_active
    administrator()
    close_account(user=admin, by=admin)
    admin.refresh_from_db()
    assert not admin.is_active


def test_nobody_closes_the_account_of_another():
    with pytest.raises(PermissionDenied):
        close_account(user=UserFactory(), by=administrator())
