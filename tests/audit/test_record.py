"""What the trail keeps of a change."""

import pytest

from ecluster.audit.actions import record
from ecluster.audit.models import AuditEntry
from tests.factories.accounts import BodyFactory, administrator

pytestmark = pytest.mark.django_db


def test_from_nothing_to_nothing_is_no_change():
    changes = {"remit": ["", ""], "name_en": ["Old", "New"]}

    record(target=BodyFactory(), action="edit_body", by=administrator(), changes=changes)

    assert AuditEntry.objects.get(action="edit_body").changes == {"name_en": ["Old", "New"]}
