"""The index: one row a document, its facets with their stored totals, and the words that typos are measured against.

The databases keep their own full-text index of `SearchDocument` (see `dialects/`): nothing here writes to it.
"""

from django.db import models
from django.db.models import Q


class Audience(models.TextChoices):
    PUBLIC = "public"
    MEMBERS = "members"
    RESTRICTED = "restricted"  # found only through the `visible_to` of its model


class SearchDocument(models.Model):
    """What of an object can be found. `a` to `d` are tokens (`tokens.index_text`), by weight: the names, the core, what
    is only mentioned, and the words of the members' side, in which a visitor's query finds nothing."""

    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    audience = models.CharField(max_length=10, choices=Audience)
    a = models.TextField(blank=True)
    b = models.TextField(blank=True)
    c = models.TextField(blank=True)
    d = models.TextField(blank=True)
    signs = models.TextField(blank=True)  # the sign of each of its facet values, for counting many documents at once

    class Meta:
        db_table = "search_document"
        # What the hits of a filter are and have, without reading their long rows.
        indexes = [models.Index(fields=["id", "kind", "audience", "object_id", "signs"], name="search_document_scope")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_is_its_objects_only_one"),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "members", "restricted"]), name="search_document_audience_is_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.title}"


class FacetValue(models.Model):
    """One choice of a filter, and how many documents of each audience have it. Facet "" stands for all of a kind.

    `number` is its own within the kind: the code point of its sign in `SearchDocument.signs`.
    """

    kind = models.CharField(max_length=40)
    facet = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField()
    public_total = models.PositiveIntegerField(default=0)
    members_total = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "search_facet_value"
        constraints = [
            models.UniqueConstraint(fields=["kind", "facet", "value"], name="search_facet_value_is_unique"),
            models.UniqueConstraint(fields=["kind", "number"], name="search_facet_value_has_its_own_number"),
            models.CheckConstraint(condition=Q(number__gt=0), name="search_facet_value_number_is_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.facet}={self.value}"

    @property
    def sign(self) -> str:
        return chr(self.number)


class DocumentFacet(models.Model):
    """Narrow on purpose: a filter reads thousands of these, from its indexes alone."""

    value = models.ForeignKey(FacetValue, models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="facets", db_index=False)

    class Meta:
        db_table = "search_document_facet"
        constraints = [
            models.UniqueConstraint(fields=["value", "document"], name="search_document_has_a_facet_value_once")
        ]
        indexes = [models.Index(fields=["document", "value"], name="search_facets_of_document")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.value_id}"


class Word(models.Model):
    """A word as it is written somewhere in the index, for "did you mean". `head` and `tail` are its first and last
    letters (jamo): a word with one typo still has one of them."""

    word = models.CharField(max_length=60, unique=True)
    is_public = models.BooleanField(default=False)  # false: stands on the members' side only
    length = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)

    class Meta:
        db_table = "search_word"
        indexes = [
            models.Index(fields=["length", "head"], name="search_word_by_head"),
            models.Index(fields=["length", "tail"], name="search_word_by_tail"),
        ]

    def __str__(self) -> str:
        return self.word
