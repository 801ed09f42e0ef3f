"""Bodies of the agency: members read them, administrators keep them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.accounts.actions.bodies import create_body, dissolve_body, edit_body
from ecluster.accounts.models import Body, User
from ecluster.accounts.permissions import Permission, Role
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import AppointmentFactory, BodyFactory, UserFactory, administrator, office_holder

pytestmark = pytest.mark.django_db

FACTS = {
    "kind": "evaluation_committee",
    "name_ko": "과제평가위원회",
    "name_en": "Evaluation committee",
    "remit": "Scores",
}


def test_an_administrator_sets_up_a_body(client_for):
    admin = administrator()
    response = client_for(admin).post("/account/bodies/new/", FACTS)
    body = Body.objects.get(kind="evaluation_committee")
    assert response.url == body.get_absolute_url()
    assert (body.name_ko, body.name_en, body.remit) == ("과제평가위원회", "Evaluation committee", "Scores")
    assert AuditEntry.objects.about(body).get().actor == admin


def test_a_name_that_is_taken_is_told_at_its_field(client_for):
    BodyFactory(name_en="Evaluation committee")
    form = client_for(administrator()).post("/account/bodies/new/", FACTS).context["form"]
    assert set(form.errors) == {"name_en"}


def test_a_body_is_renamed_and_its_kind_stays(client_for):
    body = BodyFactory(kind="agency_team")
    client_for(administrator()).post(f"{body.get_absolute_url()}edit/", FACTS)
    body.refresh_from_db()
    assert (body.name_en, body.kind) == ("Evaluation committee", "agency_team")


def test_a_dissolved_body_gives_nobody_a_role(client_for):
    body = BodyFactory()
    coordinator = office_holder(Role.COORDINATOR, body)
    client_for(administrator()).post(f"{body.get_absolute_url()}dissolve/", {"reason": "Merged into the agency"})
    body.refresh_from_db()
    assert body.dissolved_on == timezone.localdate()
    assert not User.objects.get(pk=coordinator.pk).may(Permission.REVIEW_MEMBERSHIP)


def test_dissolving_needs_a_reason(client_for):
    body = BodyFactory()
    form = client_for(administrator()).post(f"{body.get_absolute_url()}dissolve/", {"reason": ""}).context["form"]
    assert set(form.errors) == {"reason"}


def test_a_dissolved_body_is_neither_edited_nor_dissolved_again(client_for):
    admin, body = administrator(), BodyFactory(dissolved_on=timezone.localdate())
    assert client_for(admin).get(f"{body.get_absolute_url()}edit/").status_code == 404
    with pytest.raises(ValidationError, match="was dissolved"):
        dissolve_body(body=body, by=admin, reason="Again")


def test_nobody_dissolves_the_body_they_sit_in():
    admin = administrator()
    with pytest.raises(ValidationError, match="Another administrator"):
        dissolve_body(body=admin.appointments.get().body, by=admin, reason="X")


@pytest.mark.parametrize("office", [Role.CHIEF_COORDINATOR, Role.PROGRAMME_OFFICER])
def test_other_offices_keep_no_bodies(office):
    by, body = office_holder(office), BodyFactory()
    with pytest.raises(PermissionDenied):
        create_body(by=by, kind="agency_team", name_ko="X", name_en="X")
    with pytest.raises(PermissionDenied):
        edit_body(body=body, by=by, name_ko="X", name_en="X", remit="")
    with pytest.raises(PermissionDenied):
        dissolve_body(body=body, by=by, reason="X")


def test_a_member_reads_bodies_and_finds_no_way_to_change_them(client_for):
    body, member = BodyFactory(), office_holder(Role.ADVISORY_BOARD)
    client = client_for(member)
    assert client.get(body.get_absolute_url()).context["can_manage"] is False
    for path in ("new/", f"{body.pk}/edit/", f"{body.pk}/dissolve/", f"{body.pk}/appoint/"):
        assert client.get(f"/account/bodies/{path}").status_code == 404


def test_who_is_not_on_the_members_side_finds_no_body(client_for):
    body, client = BodyFactory(), client_for(UserFactory())
    assert client.get("/account/bodies/").status_code == 404
    assert client.get(body.get_absolute_url()).status_code == 404


def test_the_page_tells_present_coming_and_former_holders_apart(client_for):
    body, today = BodyFactory(), timezone.localdate()
    day = timedelta(days=1)
    now = AppointmentFactory(body=body, starts_on=today - day)
    to_come = AppointmentFactory(body=body, starts_on=today + day)
    former = AppointmentFactory(body=body, starts_on=today - 9 * day, ends_on=today - day)
    context = client_for(administrator()).get(body.get_absolute_url()).context
    assert [list(context[name]) for name in ("in_force", "to_come", "former")] == [[now], [to_come], [former]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client_for, django_assert_num_queries, number):
    reader = office_holder(Role.ADVISORY_BOARD)
    for _ in range(number):
        AppointmentFactory(body=BodyFactory())
    client = client_for(reader)
    with django_assert_num_queries(6):
        page = client.get("/account/bodies/")
    assert len(page.context["bodies"]) == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_queries(client_for, django_assert_num_queries, number):
    body = BodyFactory()
    for _ in range(number):
        AppointmentFactory(body=body)
    client = client_for(office_holder(Role.ADVISORY_BOARD))
    with django_assert_num_queries(8):
        client.get(body.get_absolute_url())
