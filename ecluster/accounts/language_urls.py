"""Apart from the other addresses of accounts: every page's language switch names it without a namespace."""

from django.urls import path

from ecluster.accounts.views import language

urlpatterns = [path("", language.set_language, name="set-language")]
