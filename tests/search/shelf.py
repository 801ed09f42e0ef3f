"""Things to be found, with whatever texts a test gives them."""

from dataclasses import replace
from itertools import count

from django.apps.registry import Apps
from django.contrib.auth.models import AnonymousUser

from ecluster.accounts.models import Body
from ecluster.search import engine as search
from ecluster.visibility import VisibleQuerySet

VISITOR = AnonymousUser()


class ThingQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self


class Thing(Body):
    """A row that everybody may see; its texts are the shelf's."""

    objects = ThingQuerySet.as_manager()

    class Meta:
        proxy = True
        apps = Apps()  # known to these tests alone
        app_label = "tests"

    def __str__(self):
        return self.remit


class Shelf:
    def __init__(self) -> None:
        self.documents: dict[tuple[str, int], search.Document | None] = {}
        self._names = count()
        # Rows are things for everybody, or the agency's bodies that members alone may see.
        self.sources = {
            "thing": search.Source(
                "thing", Thing, "Things", lambda row: self.documents.get(("thing", row.pk)), lambda row: row.remit
            ),
            "body": search.Source(
                "body", Body, "Bodies", lambda row: self.documents.get(("body", row.pk)), restricted=True
            ),
        }

    def put(self, title: str = "", a=(), b=(), c=(), d=(), kind: str = "thing", **more) -> Body:
        """Makes a row with these texts (strings, or lists of them) and indexes it."""
        row = self.make(title, a, b, c, d, kind, **more)
        search.index([row])
        return row

    def make(self, title: str = "", a=(), b=(), c=(), d=(), kind: str = "thing", **more) -> Body:
        number = next(self._names)
        row = self.sources[kind].model.objects.create(
            kind=Body.Kind.AGENCY_TEAM, name_en=f"row {number}", name_ko=f"줄 {number}", remit=title
        )
        texts = {
            f"text_{part}": [text] if isinstance(text, str) else list(text)
            for part, text in zip("abcd", (a, b, c, d), strict=True)
        }
        self.documents[kind, row.pk] = search.Document(title=title, **texts, **more)
        return row

    def change(self, row: Body, **values) -> None:
        self.documents["thing", row.pk] = replace(self.documents["thing", row.pk], **values)
        search.index([row])

    def hide(self, row: Body) -> None:
        self.documents["thing", row.pk] = None
        search.index([row])


def ids(text: str = "", user=VISITOR, kind: str = "thing", **query) -> set[int]:
    matching = search.matching(search.Query(kind, text, user, **query))
    return set(Body.objects.filter(pk__in=matching).values_list("pk", flat=True))


def finds(text: str, row: Body, user=VISITOR) -> bool:
    """Whether the query finds this row; every way of asking must say the same."""
    query = search.Query("thing", text, user)
    found = row.pk in ids(text, user)
    assert (row.pk in search.ranked_ids(query, 0, 1_000)) is found
    return found
