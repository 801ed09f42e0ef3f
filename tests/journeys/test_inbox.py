"""Somebody is told something, finds it in the inbox, and says how they wish to be told."""

import pytest
from playwright.sync_api import expect

from ecluster.notifications import kinds
from ecluster.notifications.actions import channels_of, notify
from ecluster.notifications.kinds import NoticeKind
from tests.browsers import sign_in
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def one_kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {"decision": NoticeKind("decision", "Decisions")})


def test_a_notice_is_found_read_and_no_longer_wanted_by_mail(page):
    person = UserFactory()
    notify([person], kind="decision", subject="Your application was approved", url="/inbox/preferences/")
    sign_in(page, person, "/inbox/")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.get_by_role("link", name="Your application was approved").click()
    page.get_by_role("group", name="Decisions").get_by_label("no mail").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: this is how we will tell you.")).to_be_visible()
    assert channels_of(person)["decision"] == "never"
    page.get_by_role("link", name="Back to the inbox").click()
    page.get_by_role("link", name="Unread").click()
    expect(page.get_by_text("You have read everything")).to_be_visible()
