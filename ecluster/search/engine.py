"""The search of the portal, as the apps use it: `from ecluster.search import engine as search`.

Writing, inside the transaction of the change:   index(objects), remove(objects); rebuild(kind) for a new index
                                                 (inside `ecluster.together`: once, at its end)
Asking:      Query(kind, text, user, {facet: values}, mode="all" | "any")
Answers:     matching(query), ranked_ids(query, start, size), total(query), facet_counts(query),
             count(query) for the last two at once
And why:     explain(query, ids), highlight(text, query.terms), snippet(text, query.terms), corrected(query)
One box:     find_any(text, user, kinds, limit)
"""

from ecluster.search.correction import corrected
from ecluster.search.counting import FacetCounts, count, facet_counts, total
from ecluster.search.finding import Findings, Group, Hit, find_any
from ecluster.search.highlight import highlight, snippet
from ecluster.search.indexing import index, rebuild, remove
from ecluster.search.models import Audience
from ecluster.search.queries import LIMIT, Query, Total, matching
from ecluster.search.ranking import Reason, explain, ranked_ids
from ecluster.search.sources import Document, Source, register

__all__ = [
    "LIMIT",
    "Audience",
    "Document",
    "FacetCounts",
    "Findings",
    "Group",
    "Hit",
    "Query",
    "Reason",
    "Source",
    "Total",
    "corrected",
    "count",
    "explain",
    "facet_counts",
    "find_any",
    "highlight",
    "index",
    "matching",
    "ranked_ids",
    "rebuild",
    "register",
    "remove",
    "snippet",
    "total",
]
