from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The shared small things: management commands and template tags that belong to no app."""

    name = "ecluster"
    label = "ecluster"
