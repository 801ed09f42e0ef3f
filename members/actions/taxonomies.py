"""The reference tables: brought in with the portal, then kept by the administrators."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record
from members import cleaning
from members.models import Industry, Term
from members.taxonomies import files
from members.taxonomies.reindexing import reindex_term

TERM_FACTS = ("name_ko", "name_en", "synonyms")
# Real tables, even where a demo brought them in: taking the demo away must leave them.
_REAL = {"is_demo": False}


@transaction.atomic
def load(*, by=None) -> dict[str, int]:
    """Brings in what of the classifications and the starting vocabulary is missing; answers how many of each.

    `by` None: the portal itself, when it is set up. What an administrator wrote in a term is left alone.
    """
    if by is not None:
        require(by, Permission.MANAGE_TAXONOMIES)
    added = {Industry.Scheme(scheme).label: _load_classification(scheme, by) for scheme in files.CLASSIFICATIONS}
    return added | {str(Term._meta.verbose_name_plural): _load_vocabulary(by)}


@transaction.atomic
def add_term(*, by, kind: str, name_ko: str, name_en: str, synonyms: str = "", slug: str = "") -> Term:
    require(by, Permission.MANAGE_TAXONOMIES)
    values = _cleaned({"name_ko": name_ko, "name_en": name_en, "synonyms": synonyms})
    term = Term(kind=kind, slug=slug or _free_slug(kind, values["name_en"]), **values)
    _refuse_twins(term)
    term.full_clean()
    term.save(force_insert=True)
    record(target=term, action="add_term", by=by, changes={field: ["", value] for field, value in values.items()})
    return term


@transaction.atomic
def update_term(*, term: Term, by, **facts: str) -> Term:
    """Changes its names and synonyms; its short name stays, because addresses of filtered lists hold it."""
    require(by, Permission.MANAGE_TAXONOMIES)
    term = Term.objects.select_for_update().get(pk=term.pk)
    values = _cleaned({field: facts[field] for field in TERM_FACTS if field in facts})
    changes = differences(term, values)
    if not changes:
        return term
    for field, value in values.items():
        setattr(term, field, value)
    _refuse_twins(term)
    term.full_clean()
    term.save()
    record(target=term, action="update_term", by=by, changes=changes)
    reindex_term.enqueue(term.pk)
    return term


def retire_term(*, term: Term, by) -> None:
    """No longer offered for choosing; profiles that have it keep it."""
    _set_retired(term, True, by)


def offer_term_again(*, term: Term, by) -> None:
    _set_retired(term, False, by)


@transaction.atomic
def _set_retired(term: Term, is_retired: bool, by) -> None:
    require(by, Permission.MANAGE_TAXONOMIES)
    locked = Term.objects.select_for_update().get(pk=term.pk)
    changes = differences(locked, {"is_retired": is_retired})
    term.is_retired = locked.is_retired = is_retired
    if changes:
        locked.save(update_fields=["is_retired", "updated_at"])
        record(target=locked, action="retire_term" if is_retired else "offer_term_again", by=by, changes=changes)


def _cleaned(values: dict[str, str]) -> dict[str, str]:
    written = {field: cleaning.line(value) for field, value in values.items()}
    if "synonyms" in written:
        words = (word.strip() for word in written["synonyms"].split(","))
        written["synonyms"] = ", ".join(dict.fromkeys(word for word in words if word))
    return written


def _refuse_twins(term: Term) -> None:
    """Two terms of one name could not be told apart where they are chosen."""
    others = Term.objects.filter(kind=term.kind).exclude(pk=term.pk)
    for field in ("name_ko", "name_en"):
        twin = others.filter(**{f"{field}__iexact": getattr(term, field)}).first()
        if twin and getattr(term, field):
            raise ValidationError({field: _("There is a term of this name already: “%(term)s”.") % {"term": twin}})


def _free_slug(kind: str, name: str) -> str:
    """From the name in English; numbered where another term has it, for example one whose name was changed since."""
    base = slugify(name)[:50] or kind
    taken = set(Term.objects.filter(kind=kind, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _load_vocabulary(by) -> int:
    present = set(Term.objects.values_list("kind", "slug"))
    missing = [row for row in files.vocabulary() if (row["kind"], row["slug"]) not in present]
    terms = Term.objects.bulk_create(Term(**row, **_REAL) for row in missing)
    for term in terms:
        record(target=term, action="load_term", by=by)
    return len(terms)


def _load_classification(scheme: str, by) -> int:
    """Level by level, so that what an entry falls into is there before it. A name changed in the file is changed here;
    nothing is ever taken out, because profiles point to it."""
    entries = files.classification(scheme)
    known = {industry.code: industry for industry in Industry.objects.filter(scheme=scheme)}
    present = len(known)
    for level in sorted({entry.level for entry in entries}):
        missing = [entry for entry in entries if entry.level == level and entry.code not in known]
        made = Industry.objects.bulk_create(_industry(scheme, entry, known) for entry in missing)
        known |= {industry.code: industry for industry in made}
    changed = _renamed(scheme, entries, known)
    Industry.objects.bulk_update(changed, [files.NAMED_IN[scheme]])
    sections = [known[entry.code] for entry in entries if entry.level == 1]
    for section in sections if changed or len(known) > present else []:
        record(target=section, action="load_classification", by=by)
    return len(known) - present


def _industry(scheme: str, entry: files.Entry, known: dict[str, Industry]) -> Industry:
    return Industry(
        scheme=scheme,
        code=entry.code,
        level=entry.level,
        parent=known[entry.parent] if entry.parent else None,
        **{files.NAMED_IN[scheme]: entry.name},
        **_REAL,
    )


def _renamed(scheme: str, entries: list[files.Entry], known: dict[str, Industry]) -> list[Industry]:
    field, changed = files.NAMED_IN[scheme], []
    for entry in entries:
        if getattr(known[entry.code], field) != entry.name:
            setattr(known[entry.code], field, entry.name)
            changed.append(known[entry.code])
    return changed
