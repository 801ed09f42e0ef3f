from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser

from ecluster.files.actions import sweep


class Command(BaseCommand):
    help = "Deletes stored content that no record names any more (left by a killed process or a deleted record)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=int, default=5, help="Leave alone what is younger: it may be in use.")

    def handle(self, *args, minutes: int, **options) -> None:
        self.stdout.write(f"Deleted {sweep(timedelta(minutes=minutes))} orphan files.")
