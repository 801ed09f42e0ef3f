"""Telling people things, and what they do with what they were told."""

from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from ecluster import demo
from ecluster.audit.actions import record
from ecluster.notifications import mailing
from ecluster.notifications.kinds import Channel, NoticeKind, all_kinds, kind_named
from ecluster.notifications.models import Notice, Preference
from ecluster.notifications.wording import in_the_words_of, speaks, worded


@transaction.atomic
def notify(
    people: Iterable,
    *,
    kind: NoticeKind | str,
    subject,
    template: str | None = None,
    context: dict | None = None,
    url: str = "",
    about: Model | None = None,
) -> list[Notice]:
    """Puts a notice into the inbox of each of `people` and mails it as each of them wishes.

    `subject` is a lazy translation whose %(name)s come from `context`; `template` is a text template for the body,
    rendered with the same; both in each person's language and zone. `url` is a path of this portal, `about` what
    the kind attaches a file of. Call it inside the transaction of what it tells about: whoever asks for mail gets it
    from a background task after the commit.
    """
    kind = kind_named(kind) if isinstance(kind, str) else kind
    audience = sorted({person for person in people if person.is_active}, key=speaks)
    channels = _channels(audience, kind)
    notices = []
    for _manner, group in groupby(audience, key=speaks):
        alike = list(group)
        with in_the_words_of(alike[0]):
            told, body = worded(subject, template, context or {})
        notices += [
            Notice(
                user=person,
                kind=kind.name,
                subject=told,
                body=body,
                url=url,
                about_id=about.pk if about else None,
                channel=channels[person.pk],
            )
            for person in alike
        ]
    Notice.objects.bulk_create(notices)
    at_once = [notice.pk for notice in notices if notice.channel == Channel.IMMEDIATELY]
    if at_once:
        mailing.mail_notices.enqueue(at_once)
    return notices


def _channels(people: list, kind: NoticeKind) -> dict[int, str]:
    if demo.is_building():  # nobody reads the mail of people who do not exist
        return {person.pk: Channel.NEVER for person in people}
    wishes = Preference.objects.filter(user__in=people, kind=kind.name).values_list("user", "channel")
    return {person.pk: kind.default for person in people} | dict(wishes)


# Reading one's own mail is nobody else's affair: it leaves no line in the audit trail.


def mark_read(*, notice: Notice, by) -> None:
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by) -> int:
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())


def channels_of(person) -> dict[str, str]:
    """{kind: channel} as they hold for `person` now."""
    wishes = dict(Preference.objects.filter(user=person).values_list("kind", "channel"))
    return {kind.name: wishes.get(kind.name, kind.default) for kind in all_kinds()}


@transaction.atomic
def set_preferences(*, channels: dict[str, str], by) -> None:
    """`channels` is {kind: channel}; kinds that are not named stay as they are."""
    now = channels_of(by)
    changes = {kind: [now[kind], channel] for kind, channel in channels.items() if now[kind] != channel}
    for kind, (_before, channel) in changes.items():
        Preference.objects.update_or_create(user=by, kind=kind, defaults={"channel": channel})
    if changes:
        record(target=by, action="set_notice_preferences", by=by, changes=changes)
