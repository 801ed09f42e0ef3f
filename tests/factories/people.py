"""Who belongs to which organisation, for tests."""

import factory

from ecluster.accounts.models import User
from members.models import Affiliation, Organisation
from tests.factories.accounts import UserFactory


class AffiliationFactory(factory.django.DjangoModelFactory):
    """Give it the organisation."""

    class Meta:
        model = Affiliation

    user = factory.SubFactory(UserFactory)


def colleague_at(organisation: Organisation, *, is_manager: bool = False, **facts) -> User:
    """A person who works at `organisation` from today on."""
    user = UserFactory(**facts)
    AffiliationFactory(user=user, organisation=organisation, is_manager=is_manager)
    return user


def manager_of(organisation: Organisation, **facts) -> User:
    return colleague_at(organisation, is_manager=True, **facts)
