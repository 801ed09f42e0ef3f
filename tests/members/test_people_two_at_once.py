"""Two who press at once, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from members.actions.people import _notices, accept_as_new_person, accept_invitation, end_affiliation, invite
from members.models import Affiliation, Invitation
from tests.factories.accounts import UserFactory
from tests.factories.memberships import active_membership
from tests.factories.people import manager_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*changes) -> list[bool]:
    """Runs `changes` at the same moment; which of them went through."""
    start = Barrier(len(changes))

    def attempt(change) -> bool:
        try:
            start.wait(timeout=10)
            change()
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(attempt, changes))


@pytest.fixture
def company():
    return active_membership().organisation


@pytest.fixture
def token(company):
    invite(organisation=company, email="new@example.org", by=manager_of(company))
    Invitation.objects.update(token_hash=_notices.token_hash("token"))
    return "token"


def test_the_same_invitation_accepted_twice_is_one_affiliation(company, token):
    person = UserFactory(email="new@example.org")
    done = at_once(*[lambda: accept_invitation(token=token, by=person)] * 2)
    assert sorted(done) == [False, True]
    assert Affiliation.objects.filter(user=person).count() == 1


def test_the_same_new_person_twice_is_one_account(company, token):
    facts = {"name": "Lee", "password": "a good long password", "language": "en"}
    done = at_once(*[lambda: accept_as_new_person(token=token, **facts)] * 2)
    assert sorted(done) == [False, True]
    assert company.affiliations.filter(user__email="new@example.org").count() == 1


def test_of_two_managers_who_leave_at_once_one_stays(company):
    first, second = manager_of(company).affiliations.get(), manager_of(company).affiliations.get()
    done = at_once(
        lambda: end_affiliation(affiliation=first, by=first.user),
        lambda: end_affiliation(affiliation=second, by=second.user),
    )
    assert sorted(done) == [False, True]
    assert company.affiliations.current().filter(is_manager=True).count() == 1
