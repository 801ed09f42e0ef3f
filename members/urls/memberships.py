from django.urls import path

from members.views import memberships as views

urlpatterns = [
    path("members/apply/", views.membership_apply, name="membership-apply"),
    path("members/apply/received/<uuid:key>/", views.application_receipt, name="application-receipt"),
    path("members/applications/", views.membership_list, name="membership-list"),
    path("members/applications/<int:pk>/", views.membership_detail, name="membership-detail"),
    path("members/applications/<int:pk>/<slug:action>/", views.membership_move, name="membership-move"),
    path("members/<int:pk>/merge/<int:into>/", views.organisation_merge, name="organisation-merge"),
]
