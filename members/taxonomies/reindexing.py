"""A term's words are in the index with everything that is described by it."""

from django.conf import settings
from django.utils.module_loading import import_string

from ecluster.search import engine as search
from ecluster.tasks.background import background
from members.models import Expert, Organisation, Term
from members.taxonomies.uses import organisations_with

CHUNK = 200


@background()
def reindex_term(term_id: int) -> None:
    """In the background: a common process may be in thousands of profiles."""
    term = Term.objects.get(pk=term_id)
    ids = list(organisations_with(term).values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        search.index(Organisation.objects.with_profile().filter(pk__in=ids[start : start + CHUNK]))
    search.index(Expert.objects.filter(specialities=term))
    for follower in settings.WHEN_A_TERM_CHANGES:
        import_string(follower)(term)
