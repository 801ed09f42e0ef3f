"""Organisations on their way into mini-clusters, and memberships, for tests. Memberships are made by the actions."""

from datetime import date
from itertools import count

from members.actions import memberships
from members.models import ClusterRole, Membership, MiniCluster, Organisation, OrganisationClass
from tests.factories.accounts import administrator
from tests.factories.mini_clusters import MiniClusterFactory

_numbers = count(1)


def newcomer(**facts) -> Organisation:
    """An organisation that is in nobody's directory yet."""
    number = next(_numbers)
    names = {"name_ko": f"한빛정밀{number}", "name_en": f"Hanbit Precision {number}"}
    return Organisation.objects.create(**{"org_class": OrganisationClass.COMPANY} | names | facts)


def application_of(
    organisation: Organisation | None = None,
    mini_cluster: MiniCluster | None = None,
    *,
    on: date | None = None,
    **facts,
) -> Membership:
    """A membership that waits for its coordinator."""
    return memberships.apply(
        organisation=organisation or newcomer(),
        mini_cluster=mini_cluster or MiniClusterFactory(),
        by=administrator(),
        applied_on=on,
        **{"role": ClusterRole.SME} | facts,
    )


def active_membership(
    organisation: Organisation | None = None,
    mini_cluster: MiniCluster | None = None,
    *,
    on: date | None = None,
    **facts,
) -> Membership:
    """A membership that counts from `on`."""
    membership = application_of(organisation, mini_cluster, on=on, **facts)
    return memberships.approve(membership=membership, by=administrator(), on=on)
