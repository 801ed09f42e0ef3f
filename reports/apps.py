from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """What the cluster's work adds up to. It only reads."""

    name = "reports"
    verbose_name = _("Reports")
