"""What the search index knows of mini-clusters: their names, what they are about, and the goal in force."""

from django.utils.translation import gettext_lazy as _

from ecluster.search import engine as search
from members.models import MiniCluster

MINI_CLUSTER = "mini_cluster"


def mini_cluster_document(mini_cluster: MiniCluster) -> search.Document:
    goals = list(mini_cluster.goals.all()[:1])
    return search.Document(
        title=mini_cluster.name_ko,
        text_a=[mini_cluster.name_ko, mini_cluster.name_en],
        text_b=[mini_cluster.summary_ko, mini_cluster.summary_en],
        text_c=[text for goal in goals for text in (goal.goal_ko, goal.goal_en, goal.strategy_ko, goal.strategy_en)],
    )


search.register(
    search.Source(
        kind=MINI_CLUSTER,
        model=MiniCluster,
        label=_("Mini-clusters"),
        to_document=mini_cluster_document,
        summary=lambda mini_cluster: mini_cluster.summary,
    )
)
