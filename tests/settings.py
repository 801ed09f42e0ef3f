"""The portal's own settings, with what a test run needs otherwise."""

import os
import tempfile
from pathlib import Path

TEST_RUN_DIR = Path(os.environ.setdefault("TEST_RUN_DIR", tempfile.mkdtemp(prefix="ecluster-tests-")))
# Every worker of a parallel run has its own folder: what one stores is no orphan of another.
os.environ["DATA_DIR"] = str(TEST_RUN_DIR / os.environ.get("PYTEST_XDIST_WORKER", "main"))
Path(os.environ["DATA_DIR"]).mkdir(exist_ok=True)
os.environ.setdefault("SECRET_KEY", "tests")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from ecluster.settings import *  # noqa: E402, F403
from ecluster.settings import DATA_DIR, DATABASES, STORAGES, TEMPLATES  # noqa: E402
from tests.strict_templates import UndefinedIsAnError  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: the live server's threads and the workers that tests start have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# The live server serves files by their plain names.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Hashing slowly on purpose protects people, not tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedIsAnError()  # type: ignore[index]
