"""How allauth is fitted to the house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Mails carry the portal's address from the settings, whatever the request's Host header claimed."""
        super().send_mail(template_prefix, email, context | {"site_url": settings.SITE_URL})
