from typing import Self

from django.db.models import Count

from ecluster.visibility import VisibleQuerySet


class TermQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The vocabulary is public."""
        return self

    def offered(self, kind: str) -> Self:
        return self.filter(kind=kind, is_retired=False)


class IndustryQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The classifications are public."""
        return self

    def sections(self) -> Self:
        return self.filter(parent=None)

    def with_children_count(self) -> Self:
        return self.annotate(children_count=Count("children"))
