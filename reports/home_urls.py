"""The front page has no namespace: it is the portal's own."""

from django.urls import path

from reports import home

urlpatterns = [path("", home.home, name="home")]
