"""A mail reaches the server once: not twice when a worker is killed, not never when the server is away."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from ecluster.notifications import invariants, mailing
from ecluster.notifications.actions import notify
from ecluster.notifications.digests import send_digests
from ecluster.notifications.models import Notice, OutgoingMail
from ecluster.tasks.models import Heartbeat
from tests.factories.accounts import UserFactory
from tests.notifications.mail_server import mail_server

NOBODY_LISTENS = "127.0.0.1", 1


@pytest.mark.django_db
class TestServerAway:
    @pytest.fixture(autouse=True)
    def no_server(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = NOBODY_LISTENS

    def test_what_it_did_not_take_waits_and_goes_out_when_it_is_back(self, settings, run_tasks):
        notify([UserFactory()], kind="decision", subject="It is decided")
        run_tasks()
        mail = OutgoingMail.objects.get()
        assert (mail.handed_over_at, mail.sent_at) == (None, None)
        assert "Connection refused" in mail.last_error
        with mail_server() as server:
            settings.EMAIL_PORT = server.server_address[1]
            mailing.send_what_waits.func()
            mailing.send_what_waits.func()
        assert ["Subject: It is decided" in text for text in server.mails] == [True]

    def test_after_three_days_it_is_given_up_and_told_of(self, run_tasks):
        notify([UserFactory()], kind="decision", subject="It is decided")
        run_tasks()
        OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=3))
        mailing.send_what_waits.func()
        (problem,) = invariants.check()
        assert problem.startswith(f"Mail {OutgoingMail.objects.get().pk} was never taken by the mail server: ")


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_worker_is_killed_while_the_server_has_it_is_not_sent_twice(database_environment):
    notify([UserFactory()], kind="decision", subject="It is decided")
    workers = []
    with mail_server(on_mail=lambda: os.kill(workers[-1].pid, signal.SIGKILL)) as server:
        for _ in range(2):
            workers.append(
                subprocess.Popen(
                    [sys.executable, "manage.py", "run_worker", "--batch"],
                    cwd=settings.BASE_DIR,
                    env=database_environment | {"EMAIL_URL": server.url},
                )
            )
            workers[-1].wait(30)
            Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=3))
    assert [worker.returncode for worker in workers] == [-signal.SIGKILL, 0]
    assert len(server.mails) == 1
    OutgoingMail.objects.update(handed_over_at=timezone.now() - timedelta(hours=2))
    assert list(invariants.check()) == [
        f"Mail {OutgoingMail.objects.get().pk} may or may not have been sent: its worker died on it."
    ]


@pytest.mark.django_db
class TestDigest:
    def test_who_wants_one_mail_a_day_gets_one_with_all_of_it(self, mailoutbox):
        person, other = UserFactory(), UserFactory()
        for subject in ("Steel fair", "Bull session"):
            notify([person], kind="news", subject=subject)
        notify([other], kind="news", subject="Steel fair")
        send_digests.func()
        send_digests.func()
        assert [(mail.to, mail.subject) for mail in mailoutbox] == [
            ([person.email], "2 notices from e-Cluster"),
            ([other.email], "Steel fair"),
        ]
        assert mailoutbox[0].body.index("Steel fair") < mailoutbox[0].body.index("Bull session")

    def test_what_was_read_on_the_portal_is_left_out(self, mailoutbox):
        notify([UserFactory()], kind="news", subject="Steel fair")
        Notice.objects.update(read_at=timezone.now())
        send_digests.func()
        assert mailoutbox == []


@pytest.mark.django_db
class TestInvariants:
    def test_a_database_that_makes_sense_has_nothing_to_tell(self, run_tasks):
        notify([UserFactory()], kind="decision", subject="It is decided")
        run_tasks()
        assert list(invariants.check()) == []

    def test_a_notice_in_somebody_elses_mail_is_told_of(self, run_tasks):
        notify([UserFactory()], kind="decision", subject="It is decided")
        run_tasks()
        OutgoingMail.objects.update(user=UserFactory())
        assert list(invariants.check()) == [f"Notice {Notice.objects.get().pk} went out in a mail to somebody else."]

    def test_a_notice_that_was_never_mailed_is_told_of(self):
        notify([UserFactory()], kind="decision", subject="It is decided")
        Notice.objects.update(created_at=timezone.now() - timedelta(hours=2))
        notice = Notice.objects.get()
        assert list(invariants.check()) == [f"Notice {notice.pk} should have been mailed at once and was not."]
