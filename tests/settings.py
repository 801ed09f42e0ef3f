"""The portal's own settings, with what a test run needs otherwise."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="ecluster-tests-"))
os.environ.setdefault("SECRET_KEY", "tests")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from ecluster.settings import *  # noqa: E402, F403
from ecluster.settings import STORAGES  # noqa: E402

# The live server serves files by their plain names.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Hashing slowly on purpose protects people, not tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
