"""Notices and mails, in the words of the house."""

from datetime import timedelta
from typing import Self

from django.db.models import Q
from django.utils import timezone

from ecluster.notifications.kinds import Channel
from ecluster.visibility import VisibleQuerySet

TRIED_FOR = timedelta(days=3)


class NoticeQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """An inbox is its owner's alone."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail_at_once(self) -> Self:
        return self.filter(channel=Channel.IMMEDIATELY, mail=None)

    def for_a_digest(self) -> Self:
        """What somebody wants once a day and has not read on the portal meanwhile."""
        return self.filter(channel=Channel.DAILY, mail=None, read_at=None, user__is_active=True)


class OutgoingMailQuerySet(VisibleQuerySet):
    def waiting(self) -> Self:
        """Not handed to the mail server yet, and young enough to be of use."""
        return self.filter(handed_over_at=None, created_at__gt=timezone.now() - TRIED_FOR)

    def given_up(self) -> Self:
        return self.filter(handed_over_at=None, created_at__lte=timezone.now() - TRIED_FOR)

    def unclear(self) -> Self:
        """The worker died while the mail server had it: perhaps sent, and never sent again."""
        an_hour_ago = timezone.now() - timedelta(hours=1)
        return self.filter(Q(handed_over_at__lt=an_hour_ago), sent_at=None)
