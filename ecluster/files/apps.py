from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ecluster.files"
    label = "files"
