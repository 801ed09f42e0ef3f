from django.urls import path

from ecluster.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]
