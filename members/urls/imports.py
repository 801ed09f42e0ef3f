from django.urls import path

from members.views import imports

urlpatterns = [
    path("members/imports/", imports.import_list, name="import-list"),
    path("members/imports/new/", imports.import_new, name="import-new"),
    path("members/imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("members/imports/<int:pk>/columns/", imports.import_map, name="import-map"),
    path("members/imports/<int:pk>/load/", imports.import_load, name="import-load"),
    path("members/imports/<int:pk>/preview/", imports.import_preview, name="import-preview"),
    path("members/imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
]
