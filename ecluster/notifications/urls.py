from django.urls import path

from ecluster.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.mark_all_read, name="notices-read"),
    path("preferences/", views.preferences, name="preferences"),
    path("<int:pk>/", views.open_notice, name="notice-open"),
    path("<int:pk>/read/", views.mark_read, name="notice-read"),
]
