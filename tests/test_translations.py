"""Guards for what the portal says: all of it is marked for translation, and every translation is whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.utils import translation

from ecluster.history import wording
from ecluster.management.commands.check_translations import compare, loses_a_value

ROOT = settings.BASE_DIR
SOURCES = [
    path
    for folder in ("ecluster", "members", "reports")
    for path in sorted((ROOT / folder).rglob("*.py"))
    # The demo's texts are in both languages; commands talk to operators; the gallery shows samples of both languages.
    if not {"migrations", "demo", "commands", "gallery.py"} & set(path.parts)
]
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*"))
    # The page for errors of our own can't know its reader's language and says everything twice.
    if path.suffix in (".html", ".txt") and path.parent.name != "gallery" and path.name != "500.html"
]
# The same in every language.
NAMES = {"e-Cluster", "English", "CSV", "Excel"}
SAID_ELSEWHERE = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{{.*?}}|{%.*?%}|&\w+;",
    re.DOTALL,
)
SPOKEN_ATTRIBUTE = re.compile(r"""\s(?:aria-label|alt|title|placeholder|data-label)=(["'])(.*?)\1""", re.DOTALL)
TRANSLATED = re.compile(r"""_\("[^"]*"\)""")  # in a compiled fragment
CSS_CLASS = re.compile("[a-z]+-[a-z-]+")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SENTENCE_IN_A_TAG = re.compile(r"""{%\s*(?!translate\b|url\b|include\b|if\b|elif\b)\w+[^%]*?"([A-Z][a-z]+[^"]*)\"""")
SPOKEN_ARGUMENTS = {"label", "help_text", "empty_label", "verbose_name", "verbose_name_plural", "legend"}
SPEAKING_CALLS = {"Column", "ValidationError", "Group", "NoticeKind", "Turn"}


def bare_words(template: str) -> list[str]:
    """What a template says without translating it."""
    text = SAID_ELSEWHERE.sub("\0", template)
    said = [*(match[2] for match in SPOKEN_ATTRIBUTE.finditer(text)), *TAG.sub("\n", text).splitlines()]
    parts = [part.strip(" ·:()") for line in said for part in line.split("\0")]
    words = [part for part in parts if re.search("[A-Za-z]{2}", part) and not CSS_CLASS.fullmatch(part)]
    return [word for word in words if word not in NAMES] + SENTENCE_IN_A_TAG.findall(TRANSLATED.sub("", template))


def bare_texts(tree: ast.AST) -> Iterator[str]:
    """What a module gives people to read as a literal that no gettext goes around."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            spoken = [word.value for word in node.keywords if word.arg in SPOKEN_ARGUMENTS]
            spoken += node.args if _speaks(ast.unparse(node.func)) else []
            for value in spoken:
                if isinstance(value, ast.Constant) and re.search("[A-Z][a-z]|[a-z] [a-z]", str(value.value)):
                    yield value.value


def _speaks(called: str) -> bool:
    return called.startswith("messages.") or called.rpartition(".")[2] in SPEAKING_CALLS


def recorded_actions() -> set[str]:
    """The names under which actions go to the audit trail."""
    modules = [path for path in SOURCES if "actions" in path.parts or path.name in ("actions.py", "memberships.py")]
    keywords = [
        word.value
        for path in modules
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "action"
    ]
    names = [name for value in keywords for name in ast.walk(value) if isinstance(name, ast.Constant)]
    return {name.value for name in names if isinstance(name.value, str)}


def _rows(model) -> tuple:
    return model.STATUS_TABLE.rows if hasattr(model, "STATUS_TABLE") else ()


def entry(msgid: str = "Hello", msgstr: str = "안녕하세요", **others) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **others)


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    found = polib.POFile()
    found.extend(entries)
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_untranslated(path: Path):
    assert bare_words(path.read_text()) == []


def test_the_guard_of_templates_sees_text_and_attributes():
    template = """<p title="A title">{% translate "Fine" %} Not fine</p>{% card "Neither" %}{# nor heard #}"""
    assert bare_words(template) == ["A title", "Not fine", "Neither"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_nothing_untranslated(path: Path):
    assert list(bare_texts(ast.parse(path.read_text()))) == []


def test_the_audit_trail_has_korean_for_every_action():
    from django.apps import apps

    tables = [(row.action, model) for model in apps.get_models() for row in _rows(model)]
    actions = tables + [(name, None) for name in recorded_actions() - {action for action, _ in tables}]
    with translation.override("ko"):
        assert sorted(name for name, model in actions if not re.search("[가-힣]", str(wording(name, model)))) == []


class TestTheCheckOfCatalogues:
    def test_a_whole_one_passes(self):
        assert compare(catalogue(entry()), catalogue(entry(msgstr=""))) == []

    @pytest.mark.parametrize(
        ("committed", "complaint"),
        [
            ([], "missing: Hello"),
            ([entry(), entry("Gone", "감")], "no longer used: Gone"),
            ([entry(), entry("Gone", "감", obsolete=True)], "no longer used: Gone"),
            ([entry(msgstr="")], "untranslated: Hello"),
            ([entry(flags=["fuzzy"])], "fuzzy: Hello"),
            ([entry(msgstr="안녕하세요 %(name)s")], "fills in other values: Hello"),
        ],
    )
    def test_another_is_told(self, committed, complaint):
        assert complaint in compare(catalogue(*committed), catalogue(entry(msgstr="")))

    def test_a_plural_without_a_translation_is_told(self):
        bare = entry("row", "", msgid_plural="rows", msgstr_plural={0: ""})
        assert compare(catalogue(bare), catalogue(bare)) == ["untranslated: row | rows"]


def test_what_we_say_otherwise_than_allauth_is_still_said_there():
    ours = polib.pofile(str(ROOT / "locale/allauth/ko/LC_MESSAGES/django.po"))
    theirs = {e.msgid for e in polib.pofile(f"{allauth.__path__[0]}/locale/ko/LC_MESSAGES/django.po")}
    assert [e.msgid for e in ours if e.msgid not in theirs or loses_a_value(e) or e.fuzzy or not e.translated()] == []
    with translation.override("ko"):
        assert translation.gettext("Sign Up") == "계정 만들기"
