"""`manage.py seed_demo`: builds the Changwon demo by the portal's own actions."""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string

from ecluster import demo


class Command(BaseCommand):
    help = "Builds the demo in a database that has none; every row is marked as demo."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's passwords are known to everybody: set DEMO=on to build it.")
        if get_user_model().objects.filter(is_demo=True).exists():
            raise CommandError("This database has the demo already.")
        started = time.monotonic()
        # All or nothing: an interrupted build leaves no half of a cluster behind.
        with transaction.atomic(), demo.building(), translation.override(settings.LANGUAGE_CODE):
            for dotted_path in settings.DEMO_BUILDERS:
                import_string(dotted_path)(progress=self.tell)
        self.tell(f"The demo is built ({time.monotonic() - started:.0f} s).")

    def tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
