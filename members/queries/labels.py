"""The words for what filters choose, in the reader's language, in one query."""

from collections.abc import Iterable, Mapping

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language

from members.models import Industry, MiniCluster, Term

CORE = "core"  # core processes are processes
SPECIALITY = "speciality"  # an expert's: of any kind


def vocabulary(wanted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """{group: {value: words}} for the groups whose values stand for terms, mini-clusters or industries."""
    values = {group: list(of_group) for group, of_group in wanted.items()}
    first_korean = (get_language() or "").startswith("ko")
    found: dict[str, dict[str, str]] = {group: {} for group in values}
    for group, value, name_ko, name_en in _rows(values):
        words = (name_ko or name_en) if first_korean else (name_en or name_ko)
        if group == "industry":
            words = f"{value.partition('-')[2]} {words}"
        found.setdefault(group, {})[value] = words
    of_any_kind = {value: words for kind in Term.Kind.values for value, words in found.get(kind, {}).items()}
    return found | {CORE: found.get(Term.Kind.PROCESS, {}) | found.get(CORE, {}), SPECIALITY: of_any_kind}


def _rows(values: Mapping[str, list[str]]) -> QuerySet:
    slugs = {value for group in [*Term.Kind.values, CORE, SPECIALITY] for value in values.get(group, [])}
    terms = Term.objects.filter(slug__in=slugs).order_by().values_list("kind", "slug", "name_ko", "name_en")
    mini_clusters = (
        MiniCluster.objects.order_by()
        .annotate(group=Value("mini_cluster"))
        .values_list("group", "slug", "name_ko", "name_en")
    )
    industries = (
        Industry.objects.order_by()
        .annotate(group=Value("industry"), value=Concat(F("scheme"), Value("-"), F("code"), output_field=CharField()))
        .filter(level__lte=2)
        .filter(value__in=values.get("industry", []))
        .values_list("group", "value", "name_ko", "name_en")
    )
    return terms.union(mini_clusters, industries, all=True)
