"""Each person's language and zone; and the second factor that offices with power over others need."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db.models import BigIntegerField, QuerySet
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ecluster.accounts.permissions import ROLES_NEEDING_SECOND_FACTOR
from ecluster.prepared import prepared


class PreferencesMiddleware:
    """Answers in the person's language and time zone; a visitor's language is a cookie's or the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        zone = ZoneInfo(user.time_zone) if user.is_authenticated else timezone.get_default_timezone()
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class SecondFactorMiddleware:
    """Who holds an office with power over others sets up a second factor before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not self._must_set_up(request):
            return None
        messages.warning(request, _("Your office needs a second factor. Set one up to go on."))
        return redirect("mfa_index")

    def _must_set_up(self, request) -> bool:
        user = request.user
        if settings.DEMO or not user.is_authenticated or _is_about_signing_in(request):
            return False
        if not user.roles & ROLES_NEEDING_SECOND_FACTOR:
            return False
        return not _second_factors(user_id=user.pk)


@prepared(user_id=BigIntegerField())
def _second_factors(user_id) -> QuerySet:
    from allauth.mfa.models import Authenticator

    factors = Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors.values_list("pk", flat=True)[:1]


def _is_about_signing_in(request) -> bool:
    match = request.resolver_match
    return match.url_name is not None and (
        match.url_name.startswith(("mfa_", "account_")) or match.url_name == "set-language"
    )
