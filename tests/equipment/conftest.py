"""Who books what, where a test doesn't say otherwise."""

import pytest

from tests.factories.equipment import machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at


@pytest.fixture
def cmm():
    return machine(name_en="CMM")


@pytest.fixture
def engineer():
    """Of another member."""
    return colleague_at(listed(), name_en="Lee Engineer")
