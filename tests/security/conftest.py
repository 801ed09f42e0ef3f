import pytest

from tests.site.town import Town, build


@pytest.fixture
def town(db, settings, tmp_path) -> Town:
    """A small cluster with somebody of every role; its files go when the test does."""
    settings.MEDIA_ROOT = tmp_path
    return build()
