"""The pages that are measured, each with its bar: a multiple of the reference view and a number of queries.

The bars are those that the portal's design set for itself; they hold for who is signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    bar: float  # multiples of the reference view, p50
    queries: int
    who: str = "manager"
    form: Callable[[int], dict] | None = None  # for a POST: the fields of the nth request
    kilobytes: float | None = None  # compressed
    headers: dict = field(default_factory=dict)


def pages(size: int, organisation_pk: int) -> list[Page]:
    filtered = 4 if size <= 1_000 else 6 if size <= 20_000 else 10
    return [
        Page("list", "/members/", 4, 10, kilobytes=12),
        Page(
            "list, by name, 90 % deep",
            f"/members/?{urlencode({'sort': 'name', 'page': max(1, size * 9 // 250)})}",
            4,
            10,
        )
        if size <= 1_000
        else Page("list, newest", "/members/?sort=newest", 4, 10),
        Page("filtered: one class", "/members/?class=university", filtered, 14),
        Page("filtered: process and class", "/members/?process=turning&class=company", filtered, 14),
        Page("filtered: mini-cluster, visitor", "/members/?mini_cluster=field-1", filtered, 14, who=""),
        Page("search: rare word", f"/members/?q={quote('희귀합금')}", 6, 14),
        Page("search: word in 2 %", f"/members/?q={quote('초경공구를')}", 6, 14),
        Page("search: word in 25 %", f"/members/?q={quote('정밀')}", 6, 14),
        Page("search: English", "/members/?q=machining", 6, 14),
        Page("search: one box for everything", f"/search/?q={quote('주축')}", 6, 14),
        Page("profile", f"/members/{organisation_pk}/", 4, 12),
        Page("profile, visitor", f"/members/{organisation_pk}/", 4, 12, who=""),
        Page("mini-cluster", "/mini-clusters/field-1/", 4, 14, who="coordinator"),
        Page("Table 1", "/reports/membership/", 4, 14),
        Page("applications desk", "/members/applications/", 4, 14, who="coordinator"),
        Page("still true (POST)", f"/members/{organisation_pk}/confirm/", 2, 12, form=lambda n: {}),
    ]
