from django.core.management.base import BaseCommand, CommandError

from ecluster.search.indexing import forget_words, rebuild
from ecluster.search.sources import all_sources


class Command(BaseCommand):
    help = "Makes the search index anew: of one kind, or of everything."

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", nargs="?", help="what to index; everything, where none is given")

    def handle(self, *args, kind: str | None = None, **options) -> None:
        known = [source.kind for source in all_sources()]
        if kind is not None and kind not in known:
            raise CommandError(f"There is no kind “{kind}”; there are: {', '.join(known)}.")
        if kind is None:
            forget_words()
        for each in [kind] if kind else known:
            self.stdout.write(f"{each}: {rebuild(each)} documents")
