"""The addresses of reports."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("membership/", views.membership, name="membership"),
    path("membership/rows/", views.membership_rows, name="membership-rows"),
]
