from django.urls import path

from members.views import organisations

urlpatterns = [
    path("members/", organisations.organisation_list, name="organisation-list"),
    path("members/<int:pk>/", organisations.organisation_detail, name="organisation-detail"),
    path("members/<int:pk>/confirm/", organisations.organisation_confirm, name="organisation-confirm"),
    path("members/<int:pk>/history/", organisations.organisation_history, name="organisation-history"),
    path("members/<int:pk>/edit/<slug:section>/", organisations.organisation_edit, name="organisation-edit"),
    path(
        "members/<int:pk>/pictures/<uuid:file>/remove/",
        organisations.picture_remove,
        name="organisation-picture-remove",
    ),
]
