from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "ecluster.search"
    label = "search"
