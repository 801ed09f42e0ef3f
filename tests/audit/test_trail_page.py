"""The audit trail as administrators read it."""

from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from ecluster.accounts.models import Body, User
from ecluster.accounts.permissions import Role
from ecluster.audit import append_only
from ecluster.audit.actions import record
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import BodyFactory, UserFactory, administrator, office_holder

pytestmark = pytest.mark.django_db

LIST = "/account/audit/"


@pytest.fixture
def dated(db):
    """`dated(entry, moment)`: as if it had been recorded then. The trail's own guard is lifted for it."""

    def set_moment(entry: AuditEntry, moment: datetime) -> None:
        append_only.unprotect(connection)
        AuditEntry.objects.filter(pk=entry.pk).update(at=moment)
        append_only.protect(connection)

    return set_moment


def shown(response) -> list[str]:
    return [entry.action for entry in response.context["page"].rows]


def test_the_newest_comes_first(client_for):
    body = BodyFactory()
    for action in ("create", "edit", "dissolve"):
        record(target=body, action=action, by=UserFactory())
    response = client_for(administrator()).get(LIST)
    assert shown(response) == ["dissolve", "edit", "create"]
    assert 'data-total="3"' in response.content.decode()


def test_it_is_filtered_by_person_action_and_kind_of_thing(client_for):
    lee, body = UserFactory(name_en="Lee Younghee"), BodyFactory()
    record(target=body, action="create", by=lee)
    record(target=body, action="edit", by=UserFactory())
    record(target=lee, action="edit", by=UserFactory())
    client = client_for(administrator())
    assert shown(client.get(LIST, {"person": "younghee"})) == ["create"]
    assert shown(client.get(LIST, {"action": "edit"})) == ["edit", "edit"]
    kind = ContentType.objects.get_for_model(Body).pk
    assert shown(client.get(LIST, {"kind": kind})) == ["edit", "create"]
    assert shown(client.get(LIST, {"kind": kind, "action": "edit"})) == ["edit"]


def test_days_are_the_readers_and_both_included(client_for, dated):
    admin = administrator(time_zone="Asia/Seoul")
    record(target=admin, action="edit", by=admin)
    dated(AuditEntry.objects.get(), datetime(2026, 3, 1, 23, 30, tzinfo=UTC))  # 2 March, 08:30 in Seoul
    client = client_for(admin)
    assert shown(client.get(LIST, {"since": "2026-03-02", "until": "2026-03-02"})) == ["edit"]
    assert shown(client.get(LIST, {"until": "2026-03-01"})) == []


def test_days_the_wrong_way_round_are_told(client_for):
    response = client_for(administrator()).get(LIST, {"since": "2026-03-02", "until": "2026-03-01"})
    assert response.context["form"].errors == {"until": ["The last day is before the first."]}


def test_the_export_holds_the_rows_shown(client_for):
    body = BodyFactory()
    record(target=body, action="create", by=UserFactory(), reason='=HYPERLINK("x")')
    record(target=body, action="edit", by=UserFactory())
    response = client_for(administrator()).get(LIST, {"action": "create", "format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Set up" in lines[1]
    assert "'=HYPERLINK" in lines[1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client_for, django_assert_num_queries, number):
    for _ in range(number):
        record(target=BodyFactory(), action="create", by=UserFactory())
    client = client_for(administrator())
    with django_assert_num_queries(9):
        response = client.get(LIST)
    assert len(shown(response)) == number


@pytest.mark.parametrize("office", sorted(set(Role) - {Role.ADMINISTRATOR, "member", "organisation_manager", "expert"}))
def test_the_trail_is_the_administrators_alone(client_for, office):
    client = client_for(office_holder(office))
    assert client.get(LIST).status_code == 404
    assert client.get(LIST, {"format": "csv"}).status_code == 404


def test_the_database_itself_keeps_what_is_on_it():
    from django.db import IntegrityError, transaction

    record(target=UserFactory(), action="edit", by=None)
    for change in (lambda: AuditEntry.objects.update(action="x"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert AuditEntry.objects.get().action == "edit"


def test_of_a_person_the_trail_keeps_a_number_and_no_name():
    person = UserFactory(name_en="Lee Younghee")
    record(target=person, action="update_profile", by=person, changes={"name_en": ["", "Lee Younghee"]})
    entry = AuditEntry.objects.get()
    assert (entry.target_label, entry.changes) == (f"person {person.pk}", {"name_en": ["", "•"]})
    assert User.objects.get().name_en == "Lee Younghee"
