"""Django's admin, for looking: what has actions is changed by them alone. Its door is the portal's own."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ecluster.accounts.models import Appointment, Body, User


@never_cache
def sign_in(request: HttpRequest, extra_context=None) -> HttpResponse:
    """No second way in past the limits and the second factor; who may not look finds nothing here."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


admin.site.login = login_not_required(sign_in)  # type: ignore[method-assign]


class ForLooking(admin.ModelAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ForLooking):
    list_display = ["email", "name_ko", "name_en", "is_active", "last_login"]
    search_fields = ["email", "name_ko", "name_en"]
    exclude = ["password"]


@admin.register(Body)
class BodyAdmin(ForLooking):
    list_display = ["name_en", "name_ko", "kind", "dissolved_on"]
    list_filter = ["kind"]


@admin.register(Appointment)
class AppointmentAdmin(ForLooking):
    list_display = ["user", "office", "body", "starts_on", "ends_on"]
    list_filter = ["office"]
    list_select_related = ["user", "body"]
