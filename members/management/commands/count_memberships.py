from django.core.management.base import BaseCommand

from members.actions.counting import draw_up_changes


class Command(BaseCommand):
    help = "Makes the kept figures of membership anew from the periods: where check_invariants says that they differ."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{draw_up_changes()} months of mini-clusters and classes")
