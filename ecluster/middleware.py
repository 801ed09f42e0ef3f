"""What is true of every request, whatever it asks for."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings


class NoNulMiddleware:
    """NUL is no character that people write, and PostgreSQL takes it in no text: an address is read without."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "").replace("\0", "")
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp writes its policy anew for each response. Ours is one for all; only a view's own is left to it."""

    def process_response(self, request, response):
        has_its_own = any(name.startswith("_csp") for name in vars(response))
        if settings.DEBUG or has_its_own:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return build_policy()
