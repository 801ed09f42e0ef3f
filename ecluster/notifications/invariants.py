"""What must be true of notices and mails."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ecluster.notifications.models import Notice, OutgoingMail


def check() -> Iterator[str]:
    for mail in OutgoingMail.objects.given_up():
        yield f"Mail {mail.pk} was never taken by the mail server: {mail.last_error or 'it was never asked'}."
    for mail in OutgoingMail.objects.unclear():
        yield f"Mail {mail.pk} may or may not have been sent: its worker died on it."
    for notice in Notice.objects.filter(mail__isnull=False).exclude(mail__user=F("user")):
        yield f"Notice {notice.pk} went out in a mail to somebody else."
    an_hour_ago = timezone.now() - timedelta(hours=1)
    for notice in Notice.objects.to_mail_at_once().filter(created_at__lt=an_hour_ago, user__is_active=True):
        yield f"Notice {notice.pk} should have been mailed at once and was not."
