"""Words of a sheet, looked up in what the portal knows; each table is read once a run."""

import re
from collections.abc import Iterable
from functools import cached_property

from members.importing.cells import plain
from members.models import Industry, MiniCluster, Term
from members.search.organisations import term_words

_TOWN = re.compile(r"(?:[\s\-](?:si|gun|gu|city|do)|(?<=[가-힣]{2})[시군구])$", re.IGNORECASE)


class Vocabulary:
    def term(self, kinds: Iterable[str], word: str) -> Term | None:
        """By either name, by a synonym or by the short name; of a town also without its “시” or “-si”."""
        for kind in kinds:
            found = self._terms.get((kind, plain(word)))
            if found is None and kind == Term.Kind.REGION:
                found = self._terms.get((kind, plain(_TOWN.sub("", word))))
            if found:
                return found
        return None

    def industry(self, word: str) -> Industry | None:
        """By its code, with or without the letter of its section before it, or by its name."""
        return self._industries.get(plain(word)) or self._industries.get(re.sub(r"^[a-z](?=\d)", "", plain(word)))

    def mini_cluster(self, word: str) -> MiniCluster | None:
        return self._mini_clusters.get(plain(word))

    def regions(self) -> list[Term]:
        return self.terms_of(Term.Kind.REGION)

    def terms_of(self, kind: str) -> list[Term]:
        return sorted({t for (its_kind, _), t in self._terms.items() if its_kind == kind}, key=str)

    @cached_property
    def _terms(self) -> dict[tuple[str, str], Term]:
        words: dict[tuple[str, str], Term] = {}
        for term in Term.objects.filter(is_retired=False).order_by("pk"):
            for word in (*term_words(term), term.slug):
                if plain(word):
                    words.setdefault((term.kind, plain(word)), term)
        return words

    @cached_property
    def _industries(self) -> dict[str, Industry]:
        """KSIC before NACE, and the narrowest class that bears a name."""
        words: dict[str, Industry] = {}
        for industry in Industry.objects.order_by("scheme", "-level", "code"):
            for word in (industry.code, industry.name_ko, industry.name_en):
                if plain(word):
                    words.setdefault(plain(word), industry)
        return words

    @cached_property
    def _mini_clusters(self) -> dict[str, MiniCluster]:
        return {
            plain(word): cluster
            for cluster in MiniCluster.objects.all()
            for word in (cluster.slug, cluster.name_ko, cluster.name_en)
        }
