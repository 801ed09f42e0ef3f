"""Memberships for tests, made by the real actions."""

from datetime import date

from members.actions import memberships
from members.models import ClusterRole, Membership, MiniCluster, Organisation
from tests.factories.accounts import administrator
from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import OrganisationFactory


def application_of(
    organisation: Organisation | None = None, mini_cluster: MiniCluster | None = None, *, on: date | None = None, **facts
) -> Membership:
    """A membership that waits for its coordinator."""
    return memberships.apply(
        organisation=organisation or OrganisationFactory(is_listed=False),
        mini_cluster=mini_cluster or MiniClusterFactory(),
        by=administrator(),
        applied_on=on,
        **{"role": ClusterRole.SME} | facts,
    )


def active_membership(
    organisation: Organisation | None = None, mini_cluster: MiniCluster | None = None, *, on: date | None = None, **facts
) -> Membership:
    """A membership that counts from `on`."""
    membership = application_of(organisation, mini_cluster, on=on, **facts)
    return memberships.approve(membership=membership, by=administrator(), on=on)
