"""What every journey stands on."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_left_of_another_journey(settings, tmp_path):
    """Stored files in a folder of their own; nobody has knocked too often yet."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
