from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "ecluster.notifications"
    label = "notifications"
