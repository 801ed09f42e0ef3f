"""The words for what filters choose, in the reader's language, in one query."""

from functools import cache

from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language

from members.models import Industry, MiniCluster, Term

CORE = "core"  # core processes are processes
SPECIALITY = "speciality"  # an expert's: of any kind


def vocabulary() -> dict[str, dict[str, str]]:
    """{group: {value: words}} for the groups whose values stand for terms, mini-clusters or industries."""
    first_korean = (get_language() or "").startswith("ko")
    found: dict[str, dict[str, str]] = {group: {} for group in (*Term.Kind.values, "mini_cluster", "industry")}
    with connection.cursor() as cursor:
        cursor.execute(*_statement())
        for group, value, name_ko, name_en in cursor.fetchall():
            words = (name_ko or name_en) if first_korean else (name_en or name_ko)
            found[group][value] = f"{value.partition('-')[2]} {words}" if group == "industry" else words
    of_any_kind = {value: words for kind in Term.Kind.values for value, words in found[kind].items()}
    return found | {CORE: found[Term.Kind.PROCESS], SPECIALITY: of_any_kind}


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
