"""A page of the best answers: in the order of the search index, found by counting."""

from django.db.models import QuerySet
from django.http import HttpRequest

from ecluster.addresses import Address
from ecluster.pagination import Page
from ecluster.search import engine as search


def ranked_page(request: HttpRequest, query: search.Query, queryset: QuerySet, per_page: int = 25) -> Page:
    """`?page=N` of those of `queryset` that answer `query`, the best first."""
    number = _number(request.GET.get("page", ""))
    ids = search.ranked_ids(query, (number - 1) * per_page, per_page + 1)
    rows = queryset.in_bulk(ids[:per_page])
    page = Page([rows[pk] for pk in ids[:per_page] if pk in rows], number)
    address = Address(request.GET)
    if len(ids) > per_page:
        page.next_query = _query(address, number + 1)
    if number > 1:
        page.previous_query = _query(address, number - 1)
    return page


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _query(address: Address, number: int) -> str:
    return f"?{address.saying('page', str(number)) if number > 1 else address.but()}"
