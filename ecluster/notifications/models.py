"""What a person is told, how they wish to be told it, and the mails that tell it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecluster.notifications.kinds import Channel
from ecluster.notifications.querysets import NoticeQuerySet, OutgoingMailQuerySet
from ecluster.records import Record
from ecluster.visibility import VisibleQuerySet


class OutgoingMail(Record):
    """One mail to one person, about one notice or a day's.

    It is claimed (`handed_over_at`) before the mail server gets it and marked (`sent_at`) after: whoever is killed
    in between leaves it claimed, so that nobody gets it twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(handed_over_at__isnull=False), name="mail_sent_was_handed_over"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(sent_at=None), name="mail_not_sent"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} to person {self.user_id}"


class Notice(Record):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)  # a path of this portal
    about_id = models.PositiveBigIntegerField(null=True, editable=False)  # of which its kind attaches something
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    # As the person wished when the notice was made: a later change of mind is about later notices.
    channel = models.CharField(_("mail"), max_length=20, choices=Channel)
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["immediately", "daily", "never"]), name="notice_channel_is_valid"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_inbox"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["channel"], condition=Q(mail=None), name="notice_not_mailed"),
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(Record):
    """How a person wishes to be told of one kind; where there is none, the kind's default holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=60)
    channel = models.CharField(_("mail"), max_length=20, choices=Channel)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_preference_a_kind"),
            models.CheckConstraint(
                condition=Q(channel__in=["immediately", "daily", "never"]), name="preference_channel_is_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.user_id}, {self.kind}: {self.channel}"
