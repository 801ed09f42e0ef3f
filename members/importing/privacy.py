"""What the sheets that were uploaded hold about a person, and how it is let go."""

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from members.models import Import, ImportRow


def held(user: User) -> list:
    return list(_rows_about(user).values("batch__name", "number", "label", "changes", "remark"))


def kept(user: User) -> list[str | Promise]:
    if not _rows_about(user).exists():
        return []
    return [_("The agency’s own list that names you, which administrators alone see: it is deleted after 90 days.")]


def let_go(user: User) -> None:
    """That there was a row stays told, so that the import's numbers stay true."""
    rows = _rows_about(user)
    batches = list(Import.objects.filter(pk__in=rows.values("batch")))
    rows.update(label="", changes=[], problems=[], remark="", target_id=None)
    for batch in batches:
        batch.headings = [_without(heading, user) for heading in batch.headings]
        batch.save(update_fields=["headings"])


def _rows_about(user: User) -> QuerySet[ImportRow]:
    """By e-mail address, which is what the sheets are read by; organisations' sheets name their contacts."""
    told = ImportRow.objects.annotate(told=Cast("changes", TextField()))
    is_labelled = Q(label__iexact=user.email) | Q(label__iendswith=f" · {user.email}")
    return told.filter(is_labelled | Q(told__icontains=f'"{user.email}"')).order_by("pk")


def _without(heading: dict, user: User) -> dict:
    """The heading with what it gives as examples, but nothing of the person."""
    words = {word.casefold() for word in (user.email, user.name_ko, user.name_en, user.phone) if word}
    samples = [sample for sample in heading["samples"] if sample.casefold() not in words]
    values = {word: times for word, times in heading["values"].items() if word.casefold() not in words}
    return heading | {"samples": samples, "values": values}
