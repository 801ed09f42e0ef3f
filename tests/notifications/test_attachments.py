"""A kind of notice may send a file along: made when the mail goes out, of what the notice is about."""

import pytest

from ecluster.notifications import kinds
from ecluster.notifications.actions import notify
from ecluster.notifications.digests import send_digests
from ecluster.notifications.kinds import Attachment, Channel, NoticeKind
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_kind_with_a_file(two_kinds, monkeypatch):
    def attach(key: int) -> Attachment:
        return Attachment(f"person-{key}.txt", "text/plain", f"한글 {key}")

    for name, channel in (("card", Channel.IMMEDIATELY), ("card-daily", Channel.DAILY)):
        monkeypatch.setitem(kinds._kinds, name, NoticeKind(name, "Cards", default=channel, attach=attach))


def test_the_file_goes_out_with_the_mail(mailoutbox, run_tasks):
    about = UserFactory()
    notify([UserFactory()], kind="card", subject="A card", about=about)
    run_tasks()
    (mail,) = mailoutbox
    assert [tuple(file) for file in mail.attachments] == [(f"person-{about.pk}.txt", f"한글 {about.pk}", "text/plain")]


def test_a_days_mail_has_the_file_of_each_notice(mailoutbox):
    person, first, second = UserFactory(), UserFactory(), UserFactory()
    for about in (first, second):
        notify([person], kind="card-daily", subject="A card", about=about)
    send_digests.func()
    assert [file.filename for file in mailoutbox[0].attachments] == [
        f"person-{first.pk}.txt",
        f"person-{second.pk}.txt",
    ]


@pytest.mark.parametrize(("kind", "about"), [("card", False), ("decision", True)])
def test_nothing_is_attached_of_nothing_or_by_a_kind_that_has_none(mailoutbox, run_tasks, kind, about):
    notify([UserFactory()], kind=kind, subject="A card", about=UserFactory() if about else None)
    run_tasks()
    assert mailoutbox[0].attachments == []
