"""People and their access, for administrators."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.accounts.actions.people import deactivate, reactivate
from ecluster.accounts.actions.welcoming import invite_person
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, AppointmentFactory, UserFactory, administrator, office_holder

pytestmark = pytest.mark.django_db

LIST = "/account/people/"


def found(response) -> list[User]:
    return response.context["page"].rows


@pytest.mark.parametrize("words", ["영희", "younghee", "LEE young", "lee@exam"])
def test_people_are_found_by_name_and_address(client_for, words):
    lee = UserFactory(name_ko="이영희", name_en="Lee Younghee", email="lee@example.org")
    UserFactory()
    response = client_for(administrator()).get(LIST, {"q": words})
    assert found(response) == [lee]
    assert 'data-total="1"' in response.content.decode()


def test_and_by_the_office_they_hold_today(client_for):
    holder = office_holder(Role.COORDINATOR)
    today = timezone.localdate()
    AppointmentFactory(starts_on=today - timedelta(days=2), ends_on=today - timedelta(days=1))
    assert found(client_for(administrator()).get(LIST, {"office": "coordinator"})) == [holder]


def test_each_choice_tells_how_many_it_leaves_under_the_other_filters(client_for):
    office_holder(Role.COORDINATOR, name_en="Lee")
    office_holder(Role.COORDINATOR, name_en="Kim", is_active=False)
    UserFactory(name_en="Lee", is_active=False)
    panel = client_for(administrator(name_en="Park")).get(LIST, {"q": "lee"}).context["panel"]
    totals = {facet.name: {choice.value: choice.total for choice in facet.choices} for facet in panel.facets}
    assert totals == {"office": {"coordinator": 1}, "access": {"open": 1, "off": 1}}


def test_the_export_holds_the_rows_shown(client_for):
    UserFactory(name_en="Lee Younghee", email="lee@example.org")
    UserFactory()
    response = client_for(administrator()).get(LIST, {"q": "lee@", "format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "lee@example.org" in lines[1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client_for, django_assert_num_queries, number):
    for _ in range(number):
        office_holder(Role.COORDINATOR)
    client = client_for(administrator())
    with django_assert_num_queries(10):
        response = client.get(LIST)
    assert len(found(response)) == number + 1


@pytest.mark.parametrize("office", [Role.CHIEF_COORDINATOR, Role.ADVISORY_BOARD])
def test_people_are_nobody_elses_list(client_for, office):
    client, person = client_for(office_holder(office)), UserFactory()
    for path in ("", "new/", f"{person.pk}/"):
        assert client.get(LIST + path).status_code == 404
    assert client.post(f"{LIST}{person.pk}/access/", {"access": "off"}).status_code == 404
    person.refresh_from_db()
    assert person.is_active


def test_an_account_is_opened_and_its_password_set_by_mail(client_for, client, run_tasks):
    admin = administrator()
    facts = {"email": "New@example.org", "name": "이영희", "language": "ko"}
    response = client_for(admin).post(f"{LIST}new/", facts)
    person = User.objects.get(email="new@example.org")
    assert response.url == f"{LIST}{person.pk}/"
    assert (person.name_ko, person.language, person.has_usable_password()) == ("이영희", "ko", False)
    run_tasks()
    assert mail.outbox[0].to == ["new@example.org"]
    page = client.get(re.search(r"(/account/password/reset/key/\S+)", mail.outbox[0].body)[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/account/login/", {"login": "new@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert AuditEntry.objects.about(person).get(action="open_account").actor == admin


def test_an_address_that_has_an_account_is_told_at_its_field(client_for):
    person = UserFactory()
    facts = {"email": person.email, "name": "X", "language": "ko"}
    form = client_for(administrator()).post(f"{LIST}new/", facts).context["form"]
    assert set(form.errors) == {"email"}


def test_nobody_else_opens_accounts_for_others():
    with pytest.raises(PermissionDenied):
        invite_person(by=office_holder(Role.COORDINATOR), email="a@b.org", name="X", language="ko")


def test_access_is_switched_off_and_on(client_for):
    admin, person = administrator(), UserFactory()
    theirs = client_for(person)
    client_for(admin).post(f"{LIST}{person.pk}/access/", {"access": "off", "reason": "Lost laptop"})
    assert theirs.get("/account/").status_code == 302
    assert AuditEntry.objects.about(person).get().reason == "Lost laptop"
    client_for(admin).post(f"{LIST}{person.pk}/access/", {"access": "on"})
    person.refresh_from_db()
    assert person.is_active


def test_nobody_switches_their_own_account(client_for):
    admin = administrator()
    assert client_for(admin).post(f"{LIST}{admin.pk}/access/", {"access": "off"}).status_code == 404
    with pytest.raises(PermissionDenied):
        deactivate(user=admin, by=admin, reason="X")


def test_a_closed_account_stays_closed(client_for):
    person = UserFactory(is_active=False, closed_at=timezone.now())
    admin = administrator()
    assert client_for(admin).post(f"{LIST}{person.pk}/access/", {"access": "on"}).status_code == 404
    with pytest.raises(ValidationError, match="closed for good"):
        reactivate(user=person, by=admin)
