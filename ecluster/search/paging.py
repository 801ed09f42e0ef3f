"""Pages of what the index answers: the best first, found by counting, or what filters leave of a prepared list."""

from functools import cache
from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.http import HttpRequest

from ecluster.addresses import Address
from ecluster.pagination import Page
from ecluster.prepared import Prepared
from ecluster.search import engine as search
from ecluster.search.queries import objects_having


def ranked_page(
    request: HttpRequest, query: search.Query, rows: Prepared, per_page: int = 25, **arguments: Any
) -> Page:
    """`?page=N` of those of `rows` that answer `query`, the best first."""
    number = _number(request.GET.get("page", ""))
    ids = search.ranked_ids(query, (number - 1) * per_page, per_page + 1)
    found = {row[0]: row for row in _among(rows)(_pks=ids[:per_page], **arguments)}
    page = Page([found[pk] for pk in ids[:per_page] if pk in found], number)
    address = Address(request.GET)
    if len(ids) > per_page:
        page.next_query = _query(address, number + 1)
    if number > 1:
        page.previous_query = _query(address, number - 1)
    return page


def narrowed(rows: Prepared, query: search.Query) -> tuple[Prepared, dict[str, list[int]]]:
    """Those of `rows` that have what `query` selects, and the values to ask them with."""
    values = {f"_group_{i}": keys for i, keys in enumerate(query.groups.values())}
    return _narrowed(rows, query.kind, tuple(values), query.audiences), values


@cache
def _narrowed(rows: Prepared, kind: str, groups: tuple[str, ...], audiences: tuple[str, ...]) -> Prepared:
    def build(**arguments: Any) -> QuerySet:
        wanted = [arguments.pop(name) for name in groups]
        found = objects_having(kind, wanted, audiences)
        return rows.build(**arguments).filter(pk__in=found)

    return Prepared(build, {**rows.fields, **{name: BigIntegerField() for name in groups}})


@cache
def _among(rows: Prepared) -> Prepared:
    def build(_pks: list[int], **arguments: Any) -> QuerySet:
        return rows.build(**arguments).filter(pk__in=_pks)

    return Prepared(build, {**rows.fields, "_pks": BigIntegerField()})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _query(address: Address, number: int) -> str:
    return f"?{address.saying('page', str(number)) if number > 1 else address.but()}"
