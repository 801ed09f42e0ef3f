"""No page asks the database more often because there is more to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.site.addresses import ADDRESSES
from tests.site.town import Town, build, grow

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "member", "manager", "chief", "admin"]


@pytest.mark.parametrize("role", ROLES)
def test_three_rows_cost_the_queries_of_one(settings, tmp_path, role):
    settings.MEDIA_ROOT = tmp_path
    town = build()
    shown = {a.path(town) for a in ADDRESSES if role in a.whose and not a.post and not a.name.startswith("admin:")}
    before = {path: _queries(town, role, path) for path in shown}
    grow(town)
    after = {path: _queries(town, role, path) for path in shown}

    assert {path: (before[path], after[path]) for path in shown if after[path] > before[path]} == {}


def _queries(town: Town, role: str, path: str) -> int:
    client = Client()
    if role != "visitor":
        client.force_login(town.people[role])
    client.get(path)  # what is kept from the first request on
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)
