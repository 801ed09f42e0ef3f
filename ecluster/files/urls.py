from django.urls import path

from ecluster.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:pk>/<str:name>", views.file_show, name="file-show"),
    path("<uuid:pk>/small/<str:name>", views.thumbnail_show, name="thumbnail-show"),
]
