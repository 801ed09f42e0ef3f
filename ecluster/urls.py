"""The portal's addresses (design, section 6). Apps are named by strings only."""

from django.contrib import admin
from django.urls import include, path

from ecluster import gallery, health

urlpatterns = [
    path("", include("reports.home_urls")),
    path("account/language/", include("ecluster.accounts.language_urls")),
    path("account/audit/", include("ecluster.audit.urls")),
    path("account/", include("ecluster.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("files/", include("ecluster.files.urls")),
    path("inbox/", include("ecluster.notifications.urls")),
    path("search/", include("ecluster.search.urls")),
    path("equipment/", include("equipment.urls")),
    path("", include("members.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin.site.urls),
    path("gallery/", gallery.gallery, name="gallery"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
