"""A person keeps their own profile and says who sees what of it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied

from ecluster.accounts.actions.people import update_profile
from ecluster.accounts.contact import Contact, contact_of
from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory, administrator, office_holder

pytestmark = pytest.mark.django_db

FACTS = {
    "name_ko": "이영희",
    "name_en": "Lee Younghee",
    "phone": "055-123-4567",
    "email_audience": "public",
    "phone_audience": "members",
    "language": "ko",
    "time_zone": "Europe/Berlin",
}


def test_a_person_edits_their_profile(client_for):
    person = UserFactory()
    response = client_for(person).post("/account/", FACTS)
    assert response.url == "/account/"
    person.refresh_from_db()
    assert {field: getattr(person, field) for field in FACTS} == FACTS


def test_the_trail_says_that_it_changed_and_keeps_no_name_or_number(client_for):
    person = UserFactory()
    client_for(person).post("/account/", FACTS)
    entry = AuditEntry.objects.about(person).get()
    assert entry.changes["phone"] == ["", "•"]
    assert "이영희" not in str(entry.changes) + entry.target_label
    assert entry.changes["language"] == ["en", "ko"]


def test_saving_without_a_change_leaves_no_line_on_the_trail():
    person = UserFactory()
    update_profile(user=person, by=person, language=person.language)
    assert not AuditEntry.objects.exists()


def test_a_name_is_needed_and_what_was_typed_is_kept(client_for):
    person = UserFactory()
    page = client_for(person).post("/account/", FACTS | {"name_ko": "", "name_en": "", "time_zone": "Mars/Crater"})
    assert set(page.context["form"].errors) == {"name_ko", "time_zone"}
    assert "055-123-4567" in page.content.decode()
    person.refresh_from_db()
    assert person.phone == ""


def test_nobody_edits_the_profile_of_another():
    with pytest.raises(PermissionDenied):
        update_profile(user=UserFactory(), by=administrator(), name_en="X")


def test_only_the_profile_is_edited_by_it():
    person = UserFactory()
    with pytest.raises(TypeError):
        update_profile(user=person, by=person, is_active=False)


def test_the_page_previews_what_others_see(client_for):
    person = UserFactory(phone="055-1", email_audience="public", phone_audience="members")
    context = client_for(person).get("/account/").context
    assert context["seen_by_everyone"] == Contact(email=person.email)
    assert context["seen_by_members"] == Contact(email=person.email, phone="055-1")


@pytest.mark.parametrize(
    ("audience", "visitor", "member", "agency"),
    [("public", True, True, True), ("members", False, True, True), ("private", False, False, True)],
)
def test_a_contact_is_shown_to_whom_its_person_says(audience, visitor, member, agency):
    person = UserFactory(email_audience=audience)
    readers = [AnonymousUser(), office_holder(Role.ADVISORY_BOARD), office_holder(Role.COORDINATOR)]
    assert [bool(contact_of(person, reader).email) for reader in readers] == [visitor, member, agency]


def test_ones_own_contact_is_always_shown():
    person = UserFactory(email_audience="private")
    assert contact_of(person, person).email == person.email


def test_a_new_address_counts_when_the_password_was_asked_and_it_is_confirmed(client, run_tasks):
    person = UserFactory()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    asked = client.post("/account/email/", {"email": "moved@example.org", "action_add": ""})
    assert asked.url == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    client.post(asked.url, {"password": PASSWORD})
    run_tasks()
    person.refresh_from_db()
    assert person.email != "moved@example.org"
    confirmation = next(message for message in mail.outbox if message.to == ["moved@example.org"])
    client.post(re.search(r"(/account/confirm-email/\S+)", confirmation.body)[1])
    person.refresh_from_db()
    assert person.email == "moved@example.org"
