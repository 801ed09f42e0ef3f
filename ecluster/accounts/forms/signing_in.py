"""The sign-in form with what a demonstration adds to it."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django.conf import settings

from ecluster.accounts.models import User

DEMO_DOMAIN = "demo.ecluster.example"
DEMO_PASSWORD = "demo"  # noqa: S105  published on the sign-in page, and only there where DEMO is on


class LoginForm(AllauthLoginForm):
    demo_password = DEMO_PASSWORD

    def demo_accounts(self) -> list[User]:
        """Those of a demonstration; none in earnest."""
        if not settings.DEMO:
            return []
        people = User.objects.open_accounts().filter(is_demo=True, email__endswith=f"@{DEMO_DOMAIN}")
        return list(people.order_by("pk"))
