from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "ecluster.tasks"
    label = "tasks"
