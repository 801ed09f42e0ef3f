"""Guards for the whole site: what the house's style says of every module, template and table."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from ecluster.records import Record
from ecluster.visibility import VisibleQuerySet

ROOT = settings.BASE_DIR
MODULES = [
    path
    for folder in ("ecluster", "members", "equipment", "reports", "tests", "bench")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
SIGNAL = re.compile(r"@receiver\(|\.connect\(\s*(?:sender|[a-z_]+,)")


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def layer_numbers() -> dict[str, int]:
    """{package: how high it stands}, from the contract that import-linter checks."""
    (contract, *_) = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    downward = enumerate(reversed(contract["layers"]))
    return {package.strip(): height for height, layer in downward for package in layer.split("|")}


def test_no_module_is_too_long_to_be_read():
    assert named([path for path in MODULES if lines(path) > 500]) == []


def test_no_template_is_too_long_to_be_read():
    assert named([path for path in TEMPLATES if lines(path) > 150]) == []


def test_no_template_has_script_or_style_inside():
    assert named([path for path in TEMPLATES if INLINE.search(path.read_text(encoding="utf-8"))]) == []


def test_nothing_happens_by_signals():
    ours = [path for path in MODULES if path.parts[len(ROOT.parts)] != "tests"]
    assert named([path for path in ours if SIGNAL.search(path.read_text(encoding="utf-8"))]) == []


def test_tables_refer_downward_only():
    """import-linter can't see a foreign key to "members.Organisation"."""
    heights = layer_numbers()
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if heights.get(model._meta.app_config.name, -1) < heights.get(field.related_model._meta.app_config.name, -1)
        if model._meta.app_config.name in heights
    ]
    assert upward == []


def test_every_record_says_who_may_see_it():
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    assert [m._meta.label for m in records if not isinstance(m._default_manager.all(), VisibleQuerySet)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "Makefile", ".ci/run", "pyproject.toml"])
def test_no_file_says_where_packages_come_from(name):
    """Each machine knows its own registry; what is installed is held by the hashes."""
    assert not re.search(r"index-url|find-links|extra-index|registry", (ROOT / name).read_text())
