"""Which organisations may be the same one as a newcomer, and why each is thought to be."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from ecluster.search import engine as search
from members.models import Application, Organisation
from members.search.organisations import ORGANISATION

ALIKE = 88  # of 100, by rapidfuzz: lower ones were other firms of the same trade in the lists tried
HEADS_ALIKE = 75  # of the first words: what follows them is often the trade, which many firms share
CANDIDATES = 50
SHOWN = 5

# What a firm's legal form is written as; it tells nothing about which firm it is.
_LEGAL_FORMS = re.compile(
    r"\(주\)|㈜|\(유\)|\(재\)|\(사\)|주식회사|유한회사|재단법인|사단법인"
    r"|\b(?:co|ltd|inc|corp|corporation|company|limited|llc|gmbh|plc)\b\.?",
    re.IGNORECASE,
)
# Everybody's mail: the same domain says nothing.
_FREE_MAIL = frozenset(
    {
        *("gmail.com", "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com", "outlook.com", "hotmail.com"),
        *("yahoo.com", "yahoo.co.kr", "icloud.com", "korea.com", "empas.com", "paran.com", "dreamwiz.com"),
    }
)


@dataclass(frozen=True)
class Likely:
    """Another organisation that may be the same one; the weightiest reason first."""

    organisation: Organisation
    reasons: list[str | Promise]
    weight: int


_REASONS = {
    "number": (100, gettext_lazy("the same registration number")),
    "name": (60, gettext_lazy("the same name")),
    "alike": (40, gettext_lazy("a similar name")),
    "website": (35, gettext_lazy("the same website")),
    "mail": (25, gettext_lazy("the same e-mail domain")),
    "address": (20, gettext_lazy("the same address")),
}


def likely_duplicates(organisation: Organisation, user) -> list[Likely]:
    """The likeliest first, among those that `user` may see. Names are compared within what the index and the
    identifying facts bring up, never with every row."""
    numbers = _numbers([organisation])[organisation.pk]
    candidates = _candidates(organisation, numbers, user)
    candidate_numbers = _numbers(candidates)
    likely = []
    for other in candidates:
        found = list(_found(organisation, other, numbers, candidate_numbers[other.pk]))
        if found:
            weight = sum(_REASONS[key][0] for key in found)
            likely.append(Likely(other, [_REASONS[key][1] for key in found], weight))
    return sorted(likely, key=lambda one: (-one.weight, one.organisation.pk))[:SHOWN]


def plain_name(name: str) -> str:
    """A name without its legal form, spaces, punctuation and case."""
    text = _LEGAL_FORMS.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\W_]+", "", _LEGAL_FORMS.sub(" ", text))


def domain_of(address: str) -> str:
    """The registered part of a website or an e-mail address, blank for everybody's mail."""
    host = address.rpartition("@")[2] if "@" in address else (urlsplit(address).hostname or "")
    host = host.casefold().removeprefix("www.")
    return "" if host in _FREE_MAIL else host


def _found(organisation: Organisation, other: Organisation, numbers: set[str], other_numbers: set[str]):
    if numbers & other_numbers:
        yield "number"
    match _names_alike(organisation, other):
        case 100:
            yield "name"
        case score if score >= ALIKE:
            yield "alike"
    if domain_of(organisation.website) and domain_of(organisation.website) == domain_of(other.website):
        yield "website"
    if _mail_domains(organisation) & _mail_domains(other):
        yield "mail"
    if _addresses(organisation) & _addresses(other):
        yield "address"


def _names_alike(organisation: Organisation, other: Organisation) -> int:
    """100 for the same name in either language; else how alike the likest are."""
    pairs = [
        (a, b)
        for a, b in ((organisation.name_ko, other.name_ko), (organisation.name_en, other.name_en))
        if plain_name(a) and plain_name(b)
    ]
    if any(plain_name(a) == plain_name(b) for a, b in pairs):
        return 100
    scores = (fuzz.ratio(plain_name(a), plain_name(b)) for a, b in pairs if _heads_are_alike(a, b))
    return min(99, round(max(scores, default=0)))


def _heads_are_alike(name: str, other: str) -> bool:
    heads = [plain_name(next(iter(_LEGAL_FORMS.sub(" ", text).split()), "")) for text in (name, other)]
    return fuzz.ratio(*heads) >= HEADS_ALIKE


def _candidates(organisation: Organisation, numbers: set[str], user) -> list[Organisation]:
    """By facts that are indexed or rare, among the unlisted newcomers, and by the words of the names."""
    facts = Q(pk__in=_found_by_name(organisation, user)) | Q(applications__registration_number__in=numbers)
    facts |= Q(registration_number__in=numbers) | Q(is_listed=False, applications__isnull=False)
    if domain := domain_of(organisation.website):
        facts |= Q(website__icontains=domain)
    for domain in _mail_domains(organisation):
        facts |= Q(contact_email__iendswith=f"@{domain}")
    for field in ("address_ko", "address_en"):
        if address := getattr(organisation, field):
            facts |= Q(**{f"{field}__iexact": address})
    others = Organisation.objects.visible_to(user).unmerged().exclude(pk=organisation.pk)
    return list(others.filter(facts).distinct().order_by("-pk")[: 4 * CANDIDATES])


def _found_by_name(organisation: Organisation, user) -> list[int]:
    ids: list[int] = []
    for name in filter(None, (organisation.name_ko, organisation.name_en)):
        words = " ".join(_LEGAL_FORMS.sub(" ", name).split())
        ids += search.ranked_ids(search.Query(ORGANISATION, words, user, mode="any"), 0, CANDIDATES)
    return ids


def _numbers(organisations: list[Organisation]) -> dict[int, set[str]]:
    """Those they bear and those their applicants gave."""
    numbers: dict[int, set[str]] = defaultdict(set)
    for organisation in organisations:
        numbers[organisation.pk] |= {organisation.registration_number or ""} - {""}
    given = Application.objects.filter(organisation__in=organisations).exclude(registration_number="")
    for pk, number in given.values_list("organisation", "registration_number"):
        numbers[pk].add(number)
    return numbers


def _mail_domains(organisation: Organisation) -> set[str]:
    return {domain_of(organisation.contact_email)} - {""} if organisation.contact_email else set()


def _addresses(organisation: Organisation) -> set[str]:
    return {plain_name(address) for address in (organisation.address_ko, organisation.address_en)} - {""}
