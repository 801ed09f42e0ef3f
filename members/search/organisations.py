"""What the search index knows of members."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from ecluster.search import engine as search
from members.models import Industry, Organisation, Term
from members.querysets.organisations import PROFILE_PARTS
from members.statuses import MembershipStatus

ORGANISATION = "organisation"


def organisation_document(organisation: Organisation) -> search.Document | None:
    """None where it isn't in the directory. Core processes weigh more than the rest; members' words are apart."""
    if not organisation.is_listed:
        return None
    return search.Document(
        title=organisation.name_ko or organisation.name_en,
        text_a=[organisation.name_ko, organisation.name_en],
        text_b=[*_core(organisation), *_all_words(row.technology for row in organisation.technologies.all())],
        text_c=list(_mentions(organisation)),
        text_d=list(_members_side(organisation)),
        facets=_facets(organisation),
    )


def term_words(term: Term) -> list[str]:
    """A term in both languages, and the other words for it."""
    return [term.name_ko, term.name_en, *(word.strip() for word in term.synonyms.split(","))]


def _core(organisation: Organisation) -> Iterator[str]:
    for row in organisation.processes.all():
        if row.is_core:
            yield from [*term_words(row.process), row.note]


def _mentions(organisation: Organisation) -> Iterator[str]:
    yield from (organisation.summary_ko, organisation.summary_en)
    for row in organisation.processes.all():
        if not row.is_core:
            yield from [*term_words(row.process), row.note]
    yield from _all_words(row.material for row in organisation.materials.all())
    yield from _all_words(row.certificate for row in organisation.certificates.all())
    yield from _all_words([organisation.region] if organisation.region else [])
    yield from (row.note for row in organisation.materials.all())
    yield from (row.note for row in organisation.technologies.all())
    for product in organisation.products.all():
        yield from (product.name_ko, product.name_en, product.description_ko, product.description_en)
    for industry in organisation.industries.all():
        yield from (industry.name_ko, industry.name_en)


def _members_side(organisation: Organisation) -> Iterator[str]:
    for machine in organisation.machines.all():
        yield from (f"{machine.maker} {machine.name} {machine.model}", machine.note)
    for link in organisation.trade_links.all():
        yield from (link.partner_name, link.goods)
    for need in organisation.needs.all():
        yield need.text


def _all_words(terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        yield from term_words(term)


def _facets(organisation: Organisation) -> dict[str, list[str]]:
    return {
        "class": [organisation.org_class],
        "mini_cluster": [
            m.mini_cluster.slug for m in organisation.memberships.all() if m.status == MembershipStatus.ACTIVE
        ],
        "process": [row.process.slug for row in organisation.processes.all()],
        "core": [row.process.slug for row in organisation.processes.all() if row.is_core],
        "material": [row.material.slug for row in organisation.materials.all()],
        "certificate": [row.certificate.slug for row in organisation.certificates.all()],
        "technology": [row.technology.slug for row in organisation.technologies.all()],
        "region": [organisation.region.slug] if organisation.region else [],
        "industry": sorted({value for industry in organisation.industries.all() for value in industry_facet(industry)}),
        "size": [organisation.size],
        "confirmed": [str(organisation.confirmed_on.year) if organisation.confirmed_on else ""],
    }


def industry_facet(industry: Industry) -> list[str]:
    """The section and the division it falls into: `ksic-C`, `ksic-25`."""
    path: list[Industry] = []
    step: Industry | None = industry
    while step:
        path.insert(0, step)
        step = step.parent
    return [f"{entry.scheme}-{entry.code}" for entry in path[:2]]


search.register(
    search.Source(
        kind=ORGANISATION,
        model=Organisation,
        label=_("Organisations"),
        to_document=organisation_document,
        summary=lambda organisation: organisation.summary,
        list_url="members:organisation-list",
        prefetch=PROFILE_PARTS,
    )
)
