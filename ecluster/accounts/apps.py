from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ecluster.accounts"
    label = "accounts"
