"""The ways through the portal: each leads somewhere, and one says where one is."""

import pytest
from django.urls import reverse

from ecluster.navigation import ACCOUNT, ADMINISTRATION, FOOTER, MAIN, links
from tests.factories.accounts import administrator
from tests.factories.mini_clusters import chief_coordinator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [way.address for way in (*MAIN, *ACCOUNT, *ADMINISTRATION, *FOOTER)])
def test_every_entry_leads_somewhere(name):
    assert reverse(name).startswith("/")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", []),
        ("/members/", ["Members"]),
        ("/members/12/edit/facts/", ["Members"]),
        ("/members/applications/", ["Applications"]),
        ("/members/applications/12/", ["Applications"]),
        ("/experts/", ["Experts"]),
        ("/experts/find/", ["Find an expert"]),
        ("/elsewhere/", []),
    ],
)
def test_one_entry_at_most_is_where_one_is(path, current):
    assert [str(link.label) for link in links(MAIN, chief_coordinator(), path) if link.is_current] == current


def test_each_sees_the_ways_that_are_theirs():
    assert [str(link.label) for link in links(ADMINISTRATION, chief_coordinator(), "/")] == []
    assert len(links(ADMINISTRATION, administrator(), "/")) == len(ADMINISTRATION)
