from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "ecluster.search"
    label = "search"

    def ready(self) -> None:
        autodiscover_modules("search")  # each app's search.py registers what of it is found
