import pytest

from ecluster.notifications import kinds
from ecluster.notifications.kinds import Channel, NoticeKind


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    """The kinds of these tests: “decision” goes out at once, “news” once a day."""
    declared = [NoticeKind("decision", "Decisions"), NoticeKind("news", "News", default=Channel.DAILY)]
    monkeypatch.setattr(kinds, "_kinds", {kind.name: kind for kind in declared})
