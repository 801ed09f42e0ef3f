"""The pages that are measured, each with its bar: a multiple of the reference view and a number of queries.

The bars are those that the portal's design set for itself; they hold for who is signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

FIELDS = 5  # mini-clusters, field-1 to field-5
PROBLEM = "공작기계 주축의 열변형 때문에 정밀 가공 치수가 틀어집니다. Thermal drift of the spindle."


@dataclass(frozen=True)
class Page:
    """`path` may name `{n}`, the number of the request; `form`, for a POST, gets it too.

    With `follows`, what is measured is the page that `path`'s link to the next page leads to.
    """

    name: str
    path: str
    bar: float  # multiples of the reference view, p50
    queries: int
    who: str = "manager"
    form: Callable[[int], dict] | None = None
    follows: bool = False
    kilobytes: float | None = None  # compressed


def pages(size: int, first: int) -> list[Page]:
    """`first` is the key of the first organisation, the manager's own."""
    return [*_lists(size), *_searches(), *_single(first), *_posts(first)]


def _lists(size: int) -> list[Page]:
    filtered = 4 if size <= 1_000 else 6 if size <= 20_000 else 10
    deep = urlencode({"page": max(1, size * 9 // 250)})
    return [
        Page("list", "/members/", 4, 10, kilobytes=12),
        Page("list, 90 % deep", f"/members/?{deep}", 4, 10, follows=True),
        Page("list, newest", "/members/?sort=newest", 4, 10),
        Page("filtered: one class", "/members/?class=university", filtered, 14),
        Page("filtered: process and class", "/members/?process=turning&class=company", filtered, 14),
        Page("filtered: mini-cluster, visitor", "/members/?mini_cluster=field-1", filtered, 14, who=""),
        Page("experts", "/experts/", 4, 10),
        Page("applications", "/members/applications/?status=active", 4, 14, who="coordinator"),
    ]


def _searches() -> list[Page]:
    def search(name: str, text: str, path: str = "/members/") -> Page:
        return Page(f"search: {name}", f"{path}?{urlencode({'q': text})}", 6, 14)

    return [
        search("rare word", "희귀합금"),
        search("word in 2 %", "초경공구를"),
        search("word in 25 %", "정밀"),
        search("English", "machining"),
        search("two words", "정밀 금형"),
        search("a word nobody wrote", "정멸금헝"),
        search("one box for everything", "주축", "/search/"),
        Page("expert finder", f"/experts/find/?{urlencode({'problem': PROBLEM})}", 6, 14, who="coordinator"),
    ]


def _single(first: int) -> list[Page]:
    return [
        Page("home", "/", 4, 14),
        Page("profile", f"/members/{first}/", 4, 12),
        Page("profile, visitor", f"/members/{first}/", 4, 12, who=""),
        Page("mini-cluster", "/mini-clusters/field-1/", 4, 12, who="coordinator"),
        Page("Table 1", "/reports/membership/", 4, 14),
    ]


def _posts(first: int) -> list[Page]:
    return [
        Page("still true", f"/members/{first}/confirm/", 2, 12, form=lambda n: {}),
        Page(
            "applying to another mini-cluster",
            "/mini-clusters/field-{n}/join/",
            2,
            12,
            form=lambda n: {"organisation": first + n // FIELDS},
        ),
    ]


def machine_pages(organisation: int, machine: int) -> list[Page]:
    """`organisation` is the manager's own, `machine` one without a policy."""
    soon = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011  any day will do
    then = {"day": soon, "from": "14:00", "to": "16:00"}
    return [
        Page("machines", "/equipment/", 4, 10),
        Page("machines, two filters", "/equipment/?access=members&region=gyeongnam", 4, 14),
        Page("free on these dates", f"/equipment/free/?{urlencode(then)}", 6, 14),
        Page("free, one class of owner", f"/equipment/free/?{urlencode(then | {'class': 'university'})}", 6, 14),
        Page("machine", f"/equipment/{machine}/", 4, 12),
        Page("machine's week", f"/equipment/{machine}/calendar/", 4, 14),
        Page("booking", f"/equipment/{machine}/book/", 2, 12, form=lambda n: _booking(organisation, n)),
    ]


def _booking(organisation: int, n: int) -> dict:
    """Each an hour of its own, on days on which nothing is booked yet."""
    day = date.today() + timedelta(days=200 + n // 10)  # noqa: DTZ011
    hour = 8 + n % 10
    times = {"day": day.isoformat(), "starts": f"{hour:02}:00", "ends": f"{hour + 1:02}:00"}
    return times | {"organisation": organisation, "purpose": "Gauge study"}
