from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """The shared small things: management commands and template tags that belong to no app."""

    name = "ecluster"
    label = "ecluster"


class PortalAdminConfig(AdminConfig):
    default_site = "ecluster.admin.PortalAdminSite"
