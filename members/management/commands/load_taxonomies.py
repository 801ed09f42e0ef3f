"""`manage.py load_taxonomies`: brings in the classifications and the starting vocabulary, what of it is missing."""

from django.core.management.base import BaseCommand

from members.actions import taxonomies


class Command(BaseCommand):
    help = "Brings in KSIC, NACE and the starting vocabulary; what is there already stays as it is."

    def handle(self, *args, **options) -> None:
        for table, added in taxonomies.load().items():
            self.stdout.write(f"{table}: {added} added")
