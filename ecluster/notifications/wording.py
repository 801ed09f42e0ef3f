"""The words of notices and mails, in the language and the time zone of who gets them."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from ecluster.notifications.kinds import attachment_of
from ecluster.notifications.models import OutgoingMail


def speaks(person) -> tuple[str, str]:
    """People who speak alike are told in the same words."""
    return person.language, person.time_zone


@contextmanager
def in_the_words_of(person) -> Iterator[None]:
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        yield


def worded(subject, template: str | None, context: dict) -> tuple[str, str]:
    """Subject and body of a notice in the language that is active."""
    line = str(subject)
    if "%(" in line:
        line = line % context
    body = _text(template, context) if template else ""
    return " ".join(line.split())[:200], body.strip()


def message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """`mail` as it goes out: plain text first, the same as simple HTML beside it."""
    notices = list(mail.notices.order_by("created_at", "pk"))
    with in_the_words_of(mail.user):
        context = {"notices": notices, "person": mail.user, "site_url": settings.SITE_URL}
        email = EmailMultiAlternatives(
            subject=_mail_subject([notice.subject for notice in notices]),
            body=_text("notifications/emails/mail.txt", context),
            to=[mail.user.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": mail.user.language},
        )
        email.attach_alternative(render_to_string("notifications/emails/mail.html", context), "text/html")
        for notice in notices:
            if file := attachment_of(notice.kind, notice.about_id):
                email.attach(file.name, file.content, file.media_type)
    return email


def _mail_subject(subjects: list[str]) -> str:
    if len(subjects) == 1:
        return subjects[0]
    return ngettext("%(number)s notice from e-Cluster", "%(number)s notices from e-Cluster", len(subjects)) % {
        "number": len(subjects)
    }


def _text(template: str, context: dict) -> str:
    """Plain text: nothing in it is escaped for HTML."""
    return get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
