"""Every address with somebody who may open it, for the tests that try to break it."""

from collections.abc import Iterator

from django.test import Client

from tests.site.addresses import ADDRESSES, Address
from tests.site.town import Town

# Who sees most first: the more a page does, the more of it can break.
_PREFERRED = ("admin", "chief", "manager", "expert", "member", "operation", "newcomer")


def client_of(town: Town, role: str) -> Client:
    """A browser that is shown the error page where the portal breaks, as people are."""
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(town.people[role])
    return client


def best_placed(address: Address) -> str:
    return next(role for role in (*_PREFERRED, *sorted(address.whose)) if role in address.whose)


def pages() -> Iterator[Address]:
    """What is asked for by GET, and belongs to somebody."""
    return (address for address in ADDRESSES if address.whose and not address.post)
