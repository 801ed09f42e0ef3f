"""The portal's addresses (design, section 6). Apps are named by strings only."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("ecluster.home_urls")),
    path("account/", include("ecluster.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("files/", include("ecluster.files.urls")),
    path("inbox/", include("ecluster.notifications.urls")),
    path("search/", include("ecluster.search.urls")),
    path("", include("members.urls")),
    path("admin/", admin.site.urls),
]
