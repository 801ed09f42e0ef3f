"""`manage.py check_invariants`: does the database make sense? Operators ask nightly, tests after every journey."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string


def problems() -> Iterator[str]:
    """What every app's `invariants.check()` finds wrong, a sentence each."""
    for dotted_path in settings.INVARIANTS:
        yield from import_string(dotted_path)()


class Command(BaseCommand):
    help = "Tells what in the database contradicts the portal's own rules; exit code 1 where anything does."

    def handle(self, *args, **options) -> None:
        found = list(problems())
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems: {'; '.join(found[:5])}")
        self.stdout.write("The database makes sense.")
