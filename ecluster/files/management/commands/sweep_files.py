from django.core.management.base import BaseCommand

from ecluster.files.actions import sweep


class Command(BaseCommand):
    help = "Deletes stored content that no record names any more (left by a killed process or a deleted record)."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Deleted {sweep()} orphan files.")
