"""What every page knows: where one can go from it, and what kind of installation it is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ecluster.navigation import ACCOUNT, FOOTER, MAIN, links


def navigation(request: HttpRequest) -> dict:
    """Each list is made once, and only where a page draws it."""
    user, path = request.user, request.path
    return {
        "navigation": SimpleLazyObject(lambda: links(MAIN, user, path)),
        "account_navigation": SimpleLazyObject(lambda: links(ACCOUNT, user, path)),
        "footer_navigation": SimpleLazyObject(lambda: links(FOOTER, user, path)),
        "is_demo_installation": settings.DEMO,
    }
