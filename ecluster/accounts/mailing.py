"""Mails to an address, whether or not an account goes with it: links to confirm, to set a password, to come in by."""

from django.core.mail import EmailMessage

from ecluster.tasks.background import background


@background()
def send_mail_to(email: str, *, subject: str, body: str, language: str) -> None:
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[email], headers=headers).send()
