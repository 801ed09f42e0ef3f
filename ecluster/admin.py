"""Django's admin, with the portal's own door: no second way in past the limits and the second factor."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


class ForLooking(ModelAdmin):
    """What has actions is changed by them alone."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class PortalAdminSite(AdminSite):
    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Only what is for looking. Packages would put theirs here too: second factors with their secrets, addresses
        to be changed, tasks with the mails that set a password."""
        if admin_class and issubclass(admin_class, ForLooking):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Who is signed in and may not look finds nothing here."""
        guarded = super().admin_view(view, cacheable)

        def look(request: HttpRequest, *arguments, **named) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *arguments, **named)

        return look

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
