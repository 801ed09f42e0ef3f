"""The way of a mail to the mail server: at most once, and kept until the server takes it."""

import logging

from django.db import transaction
from django.utils import timezone

from ecluster.notifications.models import Notice, OutgoingMail
from ecluster.notifications.wording import message
from ecluster.tasks.background import background

logger = logging.getLogger(__name__)


@background()
def mail_notices(notice_ids: list[int]) -> None:
    for notice in Notice.objects.to_mail_at_once().filter(pk__in=notice_ids).order_by("pk"):
        send(_mail_about(notice))


@background()
def send_what_waits() -> None:
    """What the mail server did not take when it was asked, or a worker did not come to."""
    for mail in OutgoingMail.objects.waiting().order_by("created_at"):
        send(mail)


def send(mail: OutgoingMail) -> bool:
    """Hands `mail` to the mail server; answers whether it took it. What it did not take waits for the next round."""
    if not mail.user.is_active:  # closed meanwhile: there is nobody to tell
        mail.delete()
        return False
    email = message(mail)
    if not OutgoingMail.objects.waiting().filter(pk=mail.pk).update(handed_over_at=timezone.now()):
        return False  # another worker has it
    try:
        email.send()
    except OSError as error:  # SMTPException is one; so is a server that cannot be reached
        logger.warning("Mail %s was not taken: %s", mail.pk, error)
        OutgoingMail.objects.filter(pk=mail.pk).update(handed_over_at=None, last_error=str(error)[:300])
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="")
    return True


@transaction.atomic
def _mail_about(notice: Notice) -> OutgoingMail:
    mail = OutgoingMail.objects.create(user=notice.user)
    Notice.objects.filter(pk=notice.pk).update(mail=mail)
    return mail
