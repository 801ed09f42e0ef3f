"""Imports on their way, for tests. Each step is taken by the actions; `run_tasks()` does the background's part."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions import imports
from members.importing.mapping import Mapping
from members.models import Import

DATA = Path(__file__).parents[1] / "data"


def sheet(*lines: str, name: str = "list.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode(encoding))


def extract(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (DATA / name).read_bytes())


def uploaded(by, file: SimpleUploadedFile, kind: str = "organisations") -> Import:
    return imports.upload(by=by, kind=kind, file=file)


def previewed(by, file: SimpleUploadedFile, run_tasks, *, kind: str = "organisations", **mapping) -> Import:
    """With the mapping that was guessed, and what `mapping` adds to it."""
    batch = uploaded(by, file, kind)
    chosen = Mapping(**batch.mapping)
    for part, values in mapping.items():
        setattr(chosen, part, values if isinstance(values, list) else getattr(chosen, part) | values)
    imports.set_mapping(batch=batch, by=by, mapping=chosen)
    run_tasks()
    batch.refresh_from_db()
    return batch


def loaded(by, file: SimpleUploadedFile, run_tasks, *, leave_out_wrong: bool = False, **options) -> Import:
    batch = previewed(by, file, run_tasks, **options)
    imports.load(batch=batch, by=by, leave_out_wrong=leave_out_wrong)
    run_tasks()
    batch.refresh_from_db()
    return batch


def told(batch: Import, outcome: str) -> list[tuple]:
    """(row, what is told of it) for the rows of one outcome."""
    rows = batch.rows.filter(outcome=outcome).order_by("number")
    return [(row.number, row.problems if outcome == "bad" else row.changes) for row in rows]
