"""What the search index knows of experts: of the pool alone, and of its public part for everyone."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.search import engine as search
from members.models import Expert
from members.search.organisations import term_words
from members.statuses import ExpertStatus

EXPERT = "expert"


def expert_document(expert: Expert) -> search.Document | None:
    """None where they aren't in the pool. What they worked on is told to members, so its words are apart."""
    if expert.status != ExpertStatus.ACCEPTED:
        return None
    return search.Document(
        title=expert.user.name_ko or expert.user.name_en,
        text_a=[expert.user.name_ko, expert.user.name_en],
        text_b=[expert.headline_ko, expert.headline_en, *_specialities(expert)],
        text_c=[expert.biography_ko, expert.biography_en, *_workplace(expert)],
        text_d=list(_past_work(expert)),
        audience=search.Audience.PUBLIC if expert.is_public else search.Audience.MEMBERS,
        facets={
            "field": [field.value for field in expert.fields],
            "speciality": [term.slug for term in expert.specialities.all()],
            "language": expert.languages,
            "availability": [expert.availability],
            "shown": ["public" if expert.is_public else "members"],
        },
    )


def reindex_person(user: User) -> None:
    """An expert is found by the name they have now."""
    search.index(Expert.objects.filter(user=user))


def _specialities(expert: Expert) -> Iterator[str]:
    for term in expert.specialities.all():
        yield from term_words(term)


def _workplace(expert: Expert) -> Iterator[str]:
    if expert.organisation:
        yield from (expert.organisation.name_ko, expert.organisation.name_en)
    yield from (expert.employer, expert.position)


def _past_work(expert: Expert) -> Iterator[str]:
    for engagement in expert.engagements.all():
        if engagement.ended_on:
            yield from (engagement.title_ko, engagement.title_en)


search.register(
    search.Source(
        kind=EXPERT,
        model=Expert,
        label=_("Experts"),
        to_document=expert_document,
        summary=lambda expert: expert.headline,
        list_url="members:expert-list",
        prefetch=("user", "organisation", "specialities", "engagements"),
        joined=("user",),
    )
)
