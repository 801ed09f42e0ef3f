"""What people do between the pages: read their mail, look at their phone."""

import re
import time
from urllib.parse import urlsplit

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value  # the only place that knows how
from django.core import mail

from tests.factories.accounts import PASSWORD, SECRET

SECONDS_TO_TYPE = 4


def subjects_to(address: str) -> list[str]:
    return [message.subject for message in mail.outbox if address in message.to]


def link_in_mail_to(address: str, leading_to: str) -> str:
    """The path of the newest link of that kind that `address` was sent."""
    bodies = [message.body for message in mail.outbox if address in message.to]
    links = [link for body in bodies for link in re.findall(r"https?://\S+", body) if leading_to in link]
    return urlsplit(links[-1]).path


def code_now(secret: str) -> str:
    """What an authenticator app shows that was given `secret`; waits for the next where it is about to change."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    time.sleep(left if left < SECONDS_TO_TYPE else 0)
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def sign_in_to_office(page, person, then: str = "/") -> None:
    """By the form, then by the code of the factories' second factor."""
    page.goto(f"/account/login/?next={then}")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    enter_code(page, SECRET)
    page.wait_for_url(lambda url: urlsplit(url).path == then)


def enter_code(page, secret: str, label: str = "Code") -> None:
    page.get_by_label(label).fill(code_now(secret))
    page.get_by_label(label).press("Enter")


def main_link(page, name: str) -> None:
    """Follows an entry of the main navigation."""
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name=name, exact=True).click()
