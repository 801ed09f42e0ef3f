"""Telling people: the inbox always, mail as each of them wishes, in each one's words."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from ecluster import demo
from ecluster.notifications.actions import notify, set_preferences
from ecluster.notifications.models import Notice, OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def tell(*people, kind="decision", **told):
    return notify(people, kind=kind, **{"subject": "It is decided"} | told)


def test_a_notice_is_in_the_inbox_and_goes_out_by_mail_once(run_tasks, mailoutbox):
    person = UserFactory()
    tell(person, url="/members/1/")
    assert [(n.subject, n.url, n.read_at) for n in person.notices.all()] == [("It is decided", "/members/1/", None)]
    assert mailoutbox == []
    run_tasks()
    run_tasks()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("It is decided", [person.email])]
    assert OutgoingMail.objects.get().sent_at is not None


def test_who_wants_no_mail_gets_none(run_tasks, mailoutbox):
    person = UserFactory()
    set_preferences(channels={"decision": "never"}, by=person)
    tell(person)
    run_tasks()
    assert (person.notices.count(), mailoutbox) == (1, [])


def test_nothing_is_told_of_a_change_that_failed(run_tasks, mailoutbox):
    person = UserFactory()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(person)
        raise ZeroDivisionError
    run_tasks()
    assert (Notice.objects.count(), mailoutbox) == (0, [])


def test_each_is_told_in_their_own_language(run_tasks, mailoutbox):
    korean, english = UserFactory(language="ko"), UserFactory(language="en")
    tell(korean, english, subject=gettext_lazy("Yes"))
    assert [korean.notices.get().subject, english.notices.get().subject] == ["예", "Yes"]
    run_tasks()
    assert {mail.to[0]: mail.extra_headers["Content-Language"] for mail in mailoutbox} == {
        korean.email: "ko",
        english.email: "en",
    }


def test_times_are_told_in_each_ones_own_zone(settings, tmp_path):
    (tmp_path / "when.txt").write_text("At {{ at|date:'H:i' }} with {{ whom }}.")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    changwon, geneva = UserFactory(), UserFactory(time_zone="Europe/Zurich")
    context = {"at": datetime(2026, 1, 5, 1, 0, tzinfo=UTC), "whom": "Kim & Lee"}
    tell(changwon, geneva, template="when.txt", context=context)
    assert [changwon.notices.get().body, geneva.notices.get().body] == [
        "At 10:00 with Kim & Lee.",
        "At 02:00 with Kim & Lee.",
    ]


def test_a_subject_is_filled_from_the_context_and_stays_one_line():
    person = UserFactory()
    tell(person, subject="%(name)s is in", context={"name": "100% Steel\nBcc: x"})
    assert person.notices.get().subject == "100% Steel Bcc: x is in"


def test_a_mail_says_it_plainly_first_and_leads_to_the_portal(run_tasks, mailoutbox, settings):
    settings.SITE_URL = "https://portal.example"
    tell(UserFactory(), subject="A & B", url="/members/1/")
    run_tasks()
    (mail,) = mailoutbox
    assert mail.body.startswith("A & B\n\nhttps://portal.example/members/1/\n")
    assert mail.body.rstrip().endswith("https://portal.example/inbox/preferences/")
    assert "A &amp; B" in mail.alternatives[0].content


def test_a_person_named_twice_is_told_once_and_a_closed_account_not_at_all():
    person, gone = UserFactory(), UserFactory(is_active=False)
    tell(person, gone, person)
    assert [notice.user for notice in Notice.objects.all()] == [person]


def test_an_account_that_closes_before_its_mail_goes_gets_none(run_tasks, mailoutbox):
    person = UserFactory()
    tell(person)
    type(person).objects.update(is_active=False)
    run_tasks()
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


def test_a_kind_that_nobody_declared_is_refused():
    with pytest.raises(ValueError, match="No kind of notice is called 'gossip'"):
        tell(UserFactory(), kind="gossip")


def test_the_people_of_the_demo_get_no_mail():
    with demo.building():
        (notice,) = tell(UserFactory())
    assert (notice.is_demo, notice.channel, DBTaskResult.objects.count()) == (True, "never", 0)


def test_telling_many_costs_the_queries_of_telling_one(django_assert_num_queries):
    people = [UserFactory() for _ in range(3)]
    with django_assert_num_queries(5):  # a savepoint and its end, wishes, notices, the task
        tell(people[0])
    with django_assert_num_queries(5):
        tell(*people)
