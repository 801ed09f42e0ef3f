"""The production settings, without the redirect to https: the bench speaks to gunicorn directly."""

import os

os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from ecluster.settings import *  # noqa: F403
from ecluster.settings import MIDDLEWARE, STORAGES, TEMPLATES

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = [*MIDDLEWARE, "bench.reference.QueryCountMiddleware"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")  # noqa: F405
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
