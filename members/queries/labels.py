"""The words for what filters choose, in the reader's language, in one query."""

from functools import cache, lru_cache

from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language

from ecluster.search.filters import Words
from members.models import Industry, MiniCluster, Term

CORE = "core"  # core processes are processes
SPECIALITY = "speciality"  # an expert's: of any kind


def vocabulary() -> dict[str, Words]:
    """For the groups whose values stand for terms, mini-clusters or industries."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement())
        return _words(tuple(cursor.fetchall()), (get_language() or "").startswith("ko"))


@lru_cache(maxsize=4)  # the reference tables change a few times a year
def _words(rows: tuple[tuple[str, str, str, str], ...], in_korean: bool) -> dict[str, Words]:
    found = {group: Words() for group in (*Term.Kind.values, "mini_cluster", "industry", SPECIALITY)}
    for group, value, name_ko, name_en in rows:
        words = (name_ko or name_en) if in_korean else (name_en or name_ko)
        found[group][value] = f"{value.partition('-')[2]} {words}" if group == "industry" else words
    for kind in Term.Kind.values:
        found[SPECIALITY].update(found[kind])
    return found | {CORE: found[Term.Kind.PROCESS]}


@cache  # composing it takes longer than running it, and it is always the same
def _statement() -> tuple[str, tuple]:
    terms = Term.objects.order_by().values_list("kind", "slug", "name_ko", "name_en")
    mini_clusters = (
        MiniCluster.objects.order_by()
        .annotate(group=Value("mini_cluster"))
        .values_list("group", "slug", "name_ko", "name_en")
    )
    industries = (
        Industry.objects.order_by()
        .annotate(group=Value("industry"), value=Concat(F("scheme"), Value("-"), F("code"), output_field=CharField()))
        .filter(level__lte=2)
        .values_list("group", "value", "name_ko", "name_en")
    )
    return terms.union(mini_clusters, industries, all=True).query.sql_with_params()
