"""The production settings, without the redirect to https: the bench speaks to gunicorn directly."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("STATIC_ROOT", str(Path(tempfile.gettempdir()) / "ecluster-bench-static"))

from ecluster.settings import *  # noqa: F403
from ecluster.settings import MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.reference.QueryCountMiddleware", *MIDDLEWARE]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
