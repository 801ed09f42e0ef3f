from django.urls import path

from ecluster import home

urlpatterns = [
    path("", home.home, name="home"),
]
