"""Mini-clusters and those who work for them, for tests."""

from datetime import date

import factory

from ecluster.accounts.models import Body, User
from ecluster.accounts.permissions import Role
from ecluster.search import engine as search
from members.models import MiniCluster
from tests.factories.accounts import BodyFactory, office_holder


class MiniClusterFactory(factory.django.DjangoModelFactory):
    """A mini-cluster with its team and its operation committee, found as its action leaves it."""

    class Meta:
        model = MiniCluster
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"cluster-{n}")
    name_ko = factory.Sequence(lambda n: f"미니클러스터 {n}")
    name_en = factory.Sequence(lambda n: f"Mini-cluster {n}")
    founded_on = date(2004, 4, 1)
    team = factory.SubFactory(BodyFactory, kind=Body.Kind.MINI_CLUSTER_TEAM)
    operation_committee = factory.SubFactory(BodyFactory, kind=Body.Kind.OPERATION_COMMITTEE)

    @factory.post_generation
    def indexed(self, create, extracted, **kwargs):
        if create:
            search.index([self])


def coordinator_of(mini_cluster: MiniCluster, **facts) -> User:
    return office_holder(Role.COORDINATOR, mini_cluster.team, **facts)


def chief_coordinator(**facts) -> User:
    return office_holder(Role.CHIEF_COORDINATOR, **facts)


def operation_committee_member_of(mini_cluster: MiniCluster, **facts) -> User:
    return office_holder(Role.OPERATION_COMMITTEE, mini_cluster.operation_committee, **facts)
