"""Every page, as a Korean reader gets it, says in Korean what the portal can say in Korean."""

from html.parser import HTMLParser

import allauth
import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.site.addresses import ADDRESSES
from tests.site.town import Town, build

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "newcomer", "member", "manager", "expert", "chief", "operation", "admin"]
# Django's own pages; and samples of both languages.
SAMPLES = {"admin:index", "gallery"}
ALLAUTH = ["account_login", "account_signup", "account_logout", "account_reset_password", "account_email", "mfa_index",
    "account_change_password", "account_reauthenticate", "mfa_activate_totp", "account_email_verification_sent",
    "account_reset_password_done"]  # fmt: skip
SAID_ALOUD = {"aria-label", "alt", "title", "placeholder", "data-label"}
SILENT = {"script", "style"}
WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "use", "wbr", "source"}


@pytest.fixture
def town(settings, tmp_path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return build()


@pytest.mark.parametrize("role", ROLES)
def test_no_english_is_left_where_there_is_korean(town, role):
    client = _korean(town, role)
    paths = {a.path(town) for a in ADDRESSES if role in a.whose and not a.post and a.name not in SAMPLES}
    paths |= {reverse(name) for name in ALLAUTH} | {"/members/?q=zzz", "/search/?q=zzz", "/nothing/here/"}
    english = _english()
    left = {path: words for path in sorted(paths) if (words := _texts(client, path) & english)}

    assert left == {}


def _korean(town: Town, role: str) -> Client:
    client = Client(headers={"accept-language": "ko"})
    if role != "visitor":
        person = town.people[role]
        person.language = "ko"
        person.save()
        person.notices.all().delete()  # they stay in the language they were written in
        client.force_login(person)
    return client


def _english() -> set[str]:
    """What our own catalogue and allauth's have other words for in Korean."""
    theirs = f"{allauth.__path__[0]}/locale/ko/LC_MESSAGES/django.po"
    entries = [*polib.pofile(str(settings.BASE_DIR / "locale/ko/LC_MESSAGES/django.po")), *polib.pofile(theirs)]
    with translation.override("ko"):
        return {entry.msgid for entry in entries if translation.gettext(entry.msgid) != entry.msgid}


def _texts(client: Client, path: str) -> set[str]:
    answer = client.get(path, follow=True)
    if answer.streaming or "html" not in answer["Content-Type"]:
        return set()
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.texts


class _Reader(HTMLParser):
    """The texts of a page, but for those that are marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.open: list[bool] = [False]  # of each element around: is it to be passed over?

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        passed_over = self.open[-1] or values.get("lang") == "en" or tag in SILENT
        if not passed_over:
            self.texts |= {" ".join((values[name] or "").split()) for name in SAID_ALOUD & set(values)}
        if tag not in WITHOUT_END:
            self.open.append(passed_over)

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in WITHOUT_END:
            self.handle_endtag(tag)

    def handle_endtag(self, tag) -> None:
        if tag not in WITHOUT_END and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data) -> None:
        if not self.open[-1]:
            self.texts.add(" ".join(data.split()))
