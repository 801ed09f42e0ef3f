from typing import Self

from ecluster.visibility import VisibleQuerySet


class MiniClusterQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Mini-clusters are public."""
        return self


class GoalQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """What a mini-cluster aims at is public, and what it aimed at before."""
        return self
