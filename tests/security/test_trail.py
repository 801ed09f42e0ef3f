"""Every change leaves its line, none tells what a person may have erased, and nobody takes a line back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from ecluster.accounts.models import User
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.people import manager_of
from tests.security.test_permissions import CASES, Case
from tests.site.town import Town

pytestmark = pytest.mark.django_db

# Nothing of these changes: what is asked is as it is, or is brought in already.
CHANGES_NOTHING = {"set_language", "reactivate", "offer_term_again", "set_industries", "set_materials",
                   "set_certificates", "set_technologies", "set_trade_links", "set_goal", "load", "preview_again",
                   "extend_appointment", "reapply", "set_mapping", "stop_feed"}  # fmt: skip


CHANGING = [case for case in CASES if case.action.__name__ not in CHANGES_NOTHING]


@pytest.mark.parametrize("case", CHANGING, ids=lambda case: f"{case.action.__module__}.{case.action.__name__}")
def test_whatever_is_done_is_on_the_trail(town: Town, case: Case):
    facts = case.of(town)
    role = sorted(case.whose - {"visitor"})[0]
    person = User.objects.get(pk=town.people[role].pk)
    before = AuditEntry.objects.count()
    case.action(by=person, **facts)
    new = AuditEntry.objects.order_by("pk")[before:]

    assert new, "nothing was recorded"
    assert {entry.actor for entry in new} <= {person, None}


def test_what_is_personal_is_told_as_changed_and_no_more(town: Town):
    from ecluster.accounts.actions.people import update_profile
    from members.actions import experts, organisations, people

    word = "zqxpersonal"
    person = UserFactory()
    update_profile(user=person, by=person, name_en=word, name_ko=word, phone=word)
    firm = town.organisation
    contact = {"contact_name": word, "contact_email": f"{word}@example.org", "contact_phone": word}
    organisations.update(organisation=firm, by=manager_of(firm), **contact)
    people.invite(organisation=firm, by=manager_of(firm), email=f"{word}@example.org", name=word, title=word)
    experts.apply(by=person, headline_en=word, biography_en=word, employer=word, position=word)

    told = [f"{entry.target_label} {entry.changes} {entry.reason}" for entry in AuditEntry.objects.all()]
    assert [line for line in told if word in line] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(reason="Nothing happened"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.first().delete(),
        lambda: AuditEntry.objects.first().save(),
        lambda: AuditEntry.objects.bulk_update([AuditEntry.objects.first()], ["reason"]),
        lambda: _sql("UPDATE audit_auditentry SET actor_id = NULL"),
        lambda: _sql("DELETE FROM audit_auditentry"),
        lambda: _sql(
            "INSERT OR REPLACE INTO audit_auditentry SELECT * FROM audit_auditentry"
            if connection.vendor == "sqlite"
            else "TRUNCATE audit_auditentry"
        ),
    ],
    ids=["update", "delete all", "delete one", "save", "bulk update", "SQL update", "SQL delete", "around both"],
)
def test_nobody_rewrites_the_trail(town: Town, change):
    before = list(AuditEntry.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic():
        change()

    assert list(AuditEntry.objects.order_by("pk").values()) == before != []


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_refused_leaves_no_line(town: Town):
    from members.actions import memberships

    membership = town.application
    before = AuditEntry.objects.count()
    with pytest.raises(PermissionDenied):
        memberships.approve(membership=membership, by=town.people["member"])

    assert AuditEntry.objects.count() == before
