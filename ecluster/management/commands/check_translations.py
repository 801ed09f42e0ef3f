"""`manage.py check_translations`: every string has its translation, and no translation has lost its string."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# What is filled in later: %(name)s, %d, {name}.
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
NOT_SOURCES = shutil.ignore_patterns(".*", "var", "staticfiles", "node_modules", "vendor", "tests", "bench", "docs")


class Command(BaseCommand):
    help = "Compares locale/ with what the code and the templates say now; changes nothing."

    def handle(self, *args, **options) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("This needs GNU gettext (Debian: apt-get install gettext).")
        wrong = [
            f"{catalogue.relative_to(settings.BASE_DIR)}: {complaint}"
            for catalogue in sorted(settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"))
            for complaint in complaints(catalogue)
        ]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} translations need work; `make translate` brings the files up to date.")
        self.stdout.write("Every string is translated.")


def complaints(catalogue: Path) -> list[str]:
    import polib

    return compare(polib.pofile(str(catalogue)), polib.pofile(extracted_again(catalogue)))


def compare(committed, fresh) -> list[str]:
    """What of `committed` is not as `fresh`, the catalogue of the code as it is now, would have it."""
    known = {_key(entry) for entry in committed if not entry.obsolete}
    wanted = {_key(entry) for entry in fresh}
    return [
        *(f"missing: {_shown(key)}" for key in sorted(wanted - known)),
        *(f"no longer used: {_shown(key)}" for key in sorted(known - wanted)),
        *(f"no longer used: {_shown(_key(entry))}" for entry in committed.obsolete_entries()),
        *(f"untranslated: {_shown(_key(entry))}" for entry in committed.untranslated_entries()),
        *(f"fuzzy: {_shown(_key(entry))}" for entry in committed.fuzzy_entries()),
        *(f"fills in other values: {_shown(_key(entry))}" for entry in committed if loses_a_value(entry)),
    ]


def extracted_again(catalogue: Path) -> str:
    """The text of `catalogue` as makemessages would write it; made in a copy, for it knows no dry run."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(settings.BASE_DIR, copy, ignore=NOT_SOURCES)
        extract = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--verbosity", "0"]
        subprocess.run(  # noqa: S603  our own command on our own tree
            [*extract, "--locale", catalogue.parent.parent.name, "--domain", catalogue.stem],
            cwd=copy,
            env=_environment_without_settings(),
            check=True,
        )
        return (copy / catalogue.relative_to(settings.BASE_DIR)).read_text(encoding="utf-8")


def loses_a_value(entry) -> bool:
    """Whether a translation lacks a placeholder, or has one that is not in the string."""
    wanted = set(HOLE.findall(entry.msgid_plural or entry.msgid))
    said = filter(None, (entry.msgstr, *entry.msgstr_plural.values()))
    return any(set(HOLE.findall(text)) != wanted for text in said)


def _environment_without_settings() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def _key(entry) -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _shown(key: tuple[str, str, str]) -> str:
    return " | ".join(part for part in key if part).replace("\n", "\\n")[:100]
