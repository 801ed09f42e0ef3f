"""Offices are given for a term, never by the one who gains or loses them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from django.utils.translation import gettext

from ecluster.accounts.actions.appointments import appoint, end_appointment, extend_appointment
from ecluster.accounts.models import Appointment, User
from ecluster.accounts.permissions import Permission, Role
from ecluster.audit.models import AuditEntry
from ecluster.notifications.models import Notice
from ecluster.words import local_date
from tests.factories.accounts import AppointmentFactory, BodyFactory, UserFactory, administrator, office_holder

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def test_an_administrator_appoints_a_person_to_an_office(client_for, today):
    admin, person, body = administrator(), UserFactory(), BodyFactory()
    client_for(admin).post(
        f"{body.get_absolute_url()}appoint/",
        {"email": person.email.upper(), "office": "coordinator", "starts_on": today, "ends_on": today + DAY},
    )
    appointment = body.appointments.get()
    assert (appointment.user, appointment.office, appointment.ends_on) == (person, "coordinator", today + DAY)
    assert person.may(Permission.REVIEW_MEMBERSHIP)
    entry = AuditEntry.objects.about(body).get()
    assert (entry.actor, entry.changes["office"]) == (admin, ["", f"coordinator: person {person.pk}"])


@pytest.mark.parametrize(("starts", "ends", "holds"), [(-1, 0, True), (0, 0, True), (1, 5, False), (-5, -1, False)])
def test_the_role_holds_from_the_first_to_the_last_day(today, starts, ends, holds):
    person = UserFactory()
    appoint(
        user=person,
        body=BodyFactory(),
        office=Role.COORDINATOR,
        by=administrator(),
        starts_on=today + starts * DAY,
        ends_on=today + ends * DAY,
    )
    assert (Role.COORDINATOR in person.roles) is holds


def test_an_administrator_does_not_appoint_themself(client_for):
    admin, body = administrator(), BodyFactory()
    with pytest.raises(PermissionDenied):
        appoint(user=admin, body=body, office=Role.FINANCE_OFFICER, by=admin)
    form = (
        client_for(admin)
        .post(
            f"{body.get_absolute_url()}appoint/",
            {"email": admin.email, "office": "finance_officer", "starts_on": timezone.localdate()},
        )
        .context["form"]
    )
    assert form.errors == {"email": ["Nobody appoints themself. Another administrator must do it."]}
    assert not body.appointments.exists()


def test_nobody_extends_or_ends_their_own_term(client_for, today):
    admin = administrator()
    own = admin.appointments.get()
    with pytest.raises(PermissionDenied):
        end_appointment(appointment=own, by=admin)
    with pytest.raises(PermissionDenied):
        extend_appointment(appointment=own, by=admin, ends_on=today + DAY)
    assert client_for(admin).get(f"/account/appointments/{own.pk}/end/").status_code == 404


@pytest.mark.parametrize("office", [Role.CHIEF_COORDINATOR, Role.PROGRAMME_OFFICER, Role.ADVISORY_BOARD])
def test_other_offices_appoint_nobody(office):
    with pytest.raises(PermissionDenied):
        appoint(user=UserFactory(), body=BodyFactory(), office=Role.COORDINATOR, by=office_holder(office))


def test_an_office_is_of_its_kind_of_body():
    with pytest.raises(ValidationError, match="no such office"):
        appoint(user=UserFactory(), body=BodyFactory(), office=Role.COMMITTEE_CHAIR, by=administrator())


def test_affiliations_and_expertise_are_no_offices():
    with pytest.raises(ValidationError, match="no such office"):
        appoint(user=UserFactory(), body=BodyFactory(), office=Role.MEMBER, by=administrator())


@pytest.mark.parametrize(
    ("facts", "told"), [({"is_active": False}, "not in use"), ({"dissolved": True}, "was dissolved")]
)
def test_neither_a_switched_off_person_nor_a_dissolved_body(today, facts, told):
    person = UserFactory(is_active=facts.get("is_active", True))
    body = BodyFactory(dissolved_on=today if "dissolved" in facts else None)
    with pytest.raises(ValidationError, match=told):
        appoint(user=person, body=body, office=Role.COORDINATOR, by=administrator())


def test_the_same_office_is_not_held_twice_at_once(today):
    held = AppointmentFactory(starts_on=today - DAY, ends_on=today + DAY)
    admin = administrator()
    with pytest.raises(ValidationError, match="already"):
        appoint(user=held.user, body=held.body, office=held.office, by=admin, starts_on=today + DAY)
    appoint(user=held.user, body=held.body, office=held.office, by=admin, starts_on=today + 2 * DAY)


def test_a_term_that_ends_before_it_starts_is_told_at_its_field(client_for, today):
    body, person = BodyFactory(), UserFactory()
    page = client_for(administrator()).post(
        f"{body.get_absolute_url()}appoint/",
        {"email": person.email, "office": "coordinator", "starts_on": today, "ends_on": today - DAY},
    )
    assert "The last day is before the first." in page.content.decode()
    assert not body.appointments.exists()


def test_a_term_is_extended(client_for, today):
    appointment = AppointmentFactory(ends_on=today + DAY)
    client_for(administrator()).post(f"/account/appointments/{appointment.pk}/extend/", {"ends_on": today + 9 * DAY})
    appointment.refresh_from_db()
    assert appointment.ends_on == today + 9 * DAY


def test_it_is_not_shortened_by_extending(client_for, today):
    appointment = AppointmentFactory(ends_on=today + 9 * DAY)
    page = client_for(administrator()).post(f"/account/appointments/{appointment.pk}/extend/", {"ends_on": today + DAY})
    assert set(page.context["form"].errors) == {"ends_on"}


def test_a_term_is_ended_on_a_day_or_at_once(today):
    admin = administrator()
    later = AppointmentFactory(starts_on=today - 9 * DAY)
    end_appointment(appointment=later, by=admin, on=today + DAY)
    at_once = AppointmentFactory(starts_on=today - 9 * DAY)
    end_appointment(appointment=at_once, by=admin, reason="Moved away")
    later.refresh_from_db()
    at_once.refresh_from_db()
    assert (later.ends_on, at_once.ends_on) == (today + DAY, today - DAY)
    assert User.objects.get(pk=at_once.user_id).roles == frozenset()


def test_an_office_that_never_began_is_struck_out(today):
    appointment = AppointmentFactory(starts_on=today + DAY)
    end_appointment(appointment=appointment, by=administrator())
    assert not Appointment.objects.filter(pk=appointment.pk).exists()
    assert AuditEntry.objects.about(appointment.body).get().action == "end_term"


def told(person) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("subject", "body"))


def test_who_is_appointed_extended_or_ended_is_told_in_their_language(today):
    person, body, admin = UserFactory(language="ko"), BodyFactory(name_ko="평가위원회"), administrator()
    office = appoint(user=person, body=body, office=Role.COORDINATOR, by=admin, ends_on=today + DAY)
    extend_appointment(appointment=office, by=admin, ends_on=today + 9 * DAY)
    end_appointment(appointment=office, by=admin, on=today + DAY, reason="Moved away")
    with translation.override("ko"):
        subjects = [
            gettext(subject) % {"office": Role.COORDINATOR.label, "body": "평가위원회"}
            for subject in (
                "You are appointed: %(office)s, %(body)s",
                "Your term is extended: %(office)s, %(body)s",
                "Your term ends: %(office)s, %(body)s",
            )
        ]
        last_days = [local_date(today + days * DAY) for days in (1, 9, 1)]
    assert [subject for subject, _body in told(person)] == subjects
    assert all(day in body for day, (_subject, body) in zip(last_days, told(person), strict=True))
    assert "Moved away" in told(person)[-1][1]


def test_who_never_took_office_is_told_that_it_is_withdrawn(today):
    appointment = AppointmentFactory(starts_on=today + DAY, body=BodyFactory(name_en="Agency"))
    end_appointment(appointment=appointment, by=administrator())
    assert [subject for subject, _body in told(appointment.user)] == [
        "Your appointment is withdrawn: coordinator, Agency"
    ]


def test_of_a_term_that_was_over_before_it_was_written_down_nobody_is_told(today):
    person = UserFactory()
    appoint(
        user=person,
        body=BodyFactory(),
        office=Role.COORDINATOR,
        by=administrator(),
        starts_on=today - 9 * DAY,
        ends_on=today - DAY,
    )
    assert told(person) == []


@pytest.mark.parametrize("change", ["extend", "end"])
def test_a_term_that_is_over_stays_as_it_was(client_for, today, change):
    appointment = AppointmentFactory(starts_on=today - 9 * DAY, ends_on=today - DAY)
    admin = administrator()
    assert client_for(admin).get(f"/account/appointments/{appointment.pk}/{change}/").status_code == 404
    with pytest.raises(ValidationError, match="over already"):
        end_appointment(appointment=appointment, by=admin)


def test_the_first_administrator_is_appointed_at_the_console(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: "a good long password")
    call_command("appoint_administrator", "first@example.org", name="Kim Chulsoo")
    user = User.objects.get(email="first@example.org")
    assert Role.ADMINISTRATOR in user.roles
    with pytest.raises(CommandError, match="administrator already"):
        call_command("appoint_administrator", "second@example.org")


def test_and_needs_a_fair_password(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("appoint_administrator", "first@example.org")
    assert not User.objects.exists()
