"""Mini-clusters in the one search box."""

import pytest

from ecluster.accounts.models import Body
from members.actions import mini_clusters
from tests.factories.accounts import BodyFactory, administrator
from tests.factories.mini_clusters import operation_committee_member_of

pytestmark = pytest.mark.django_db


def test_a_mini_cluster_is_found_by_its_name_and_by_the_goal_in_force(client):
    mini_cluster = mini_clusters.create(by=administrator(), slug="gear", name_ko="기어", name_en="Gears")
    committee = BodyFactory(kind=Body.Kind.OPERATION_COMMITTEE)
    mini_clusters.update(mini_cluster=mini_cluster, by=administrator(), operation_committee=committee)
    mini_cluster.refresh_from_db()
    member = operation_committee_member_of(mini_cluster)
    mini_clusters.set_goal(mini_cluster=mini_cluster, by=member, goal_en="Quieter gearboxes", strategy_en="Together")

    for words in ("gears", "기어", "quieter"):
        assert f'href="{mini_cluster.get_absolute_url()}"' in client.get("/search/", {"q": words}).content.decode()
