from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ecluster.audit"
    label = "audit"
