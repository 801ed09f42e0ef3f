import pytest

from ecluster.accounts.permissions import Role
from ecluster.search import sources
from tests.factories.accounts import office_holder
from tests.search.shelf import Shelf


@pytest.fixture
def shelf(db, monkeypatch) -> Shelf:
    """An empty shelf, its kinds the only ones that are registered."""
    shelf = Shelf()
    monkeypatch.setattr(sources, "_sources", dict(shelf.sources))
    return shelf


@pytest.fixture
def member(db):
    """Somebody who sees the members' side."""
    return office_holder(Role.ADVISORY_BOARD)
