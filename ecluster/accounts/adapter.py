"""How allauth is fitted to the house."""

from urllib.parse import urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from allauth.core.internal import ratelimit  # its public face can't ask for the account's count alone
from django.conf import settings
from django.utils.translation import get_language, override

from ecluster.accounts.actions.signing_in import (
    after_address_confirmed,
    after_password_set,
    after_sign_up,
    warn_of_wrong_passwords,
)
from ecluster.accounts.mailing import send_mail_to


class AccountAdapter(DefaultAccountAdapter):
    # --- Mails: in the language of who gets them, from the background, with the portal's own address in them -----

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        language = getattr(context.get("user"), "language", None) or get_language() or settings.LANGUAGE_CODE
        context = {"site_url": settings.SITE_URL, "email": email, "request": request_context.request} | context
        with override(language):
            message = self.render_mail(template_prefix, email, context)
        send_mail_to.enqueue(email, subject=str(message.subject), body=str(message.body), language=language)

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} (e-Cluster)"

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _on_the_portal(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation) -> str:
        return _on_the_portal(super().get_email_confirmation_url(request, emailconfirmation))

    # --- What allauth writes itself is on the audit trail all the same --------------------------------------------

    def save_user(self, request, user, form, commit: bool = True):
        user.language = (get_language() or settings.LANGUAGE_CODE)[:2]
        user = super().save_user(request, user, form, commit)
        if commit:
            after_sign_up(user=user)
        return user

    def confirm_email(self, request, email_address) -> bool:
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            after_address_confirmed(user=email_address.user)
        return is_confirmed

    def set_password(self, user, password: str) -> None:
        super().set_password(user, password)
        after_password_set(user=user)

    # --- Wrong passwords ------------------------------------------------------------------------------------------

    def authentication_failed(self, request, **credentials) -> None:
        """allauth has counted this try already; the one that fills the account's count is told to its owner."""
        email = credentials.get("email", "")
        if email and self._is_slowed_down(request, email):
            warn_of_wrong_passwords(email=email, address=self.get_client_ip(request))

    def _is_slowed_down(self, request, email: str) -> bool:
        rates = app_settings.RATE_LIMITS["login_failed"].split(",")
        return not ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": next(rate for rate in rates if rate.endswith("/key"))},
            key=self._get_login_attempts_cache_key(request, email=email),
            dry_run=True,
        )


def _on_the_portal(url: str) -> str:
    """A link in a mail leads to the portal, whatever the request's Host header claimed."""
    home, link = urlsplit(settings.SITE_URL), urlsplit(url)
    return urlunsplit((home.scheme, home.netloc, link.path, link.query, ""))
