"""Organisations in the directory and the vocabulary that describes them, for tests. Made by the actions."""

from datetime import date
from itertools import count

from members.actions import organisations
from members.models import Industry, MiniCluster, Organisation, OrganisationClass, Term
from tests.factories.accounts import administrator
from tests.factories.memberships import active_membership
from tests.factories.mini_clusters import MiniClusterFactory

_numbers = count(1)


def term(kind: Term.Kind, name_en: str, name_ko: str = "", **facts) -> Term:
    slug = name_en.lower().replace(" ", "-")
    defaults = {"name_en": name_en, "name_ko": name_ko or name_en} | facts
    return Term.objects.get_or_create(kind=kind, slug=slug, defaults=defaults)[0]


def process(name_en: str = "Grinding", name_ko: str = "연삭", **facts) -> Term:
    return term(Term.Kind.PROCESS, name_en, name_ko, **facts)


def material(name_en: str = "Titanium", name_ko: str = "티타늄", **facts) -> Term:
    return term(Term.Kind.MATERIAL, name_en, name_ko, **facts)


def industry(code: str = "29", parent: Industry | None = None, name_ko: str = "기타 기계 및 장비 제조업") -> Industry:
    level = parent.level + 1 if parent else 1
    return Industry.objects.create(scheme="ksic", code=code, parent=parent, level=level, name_ko=name_ko)


def unlisted(**details) -> Organisation:
    """An organisation that has joined no mini-cluster yet."""
    number = next(_numbers)
    names = {"name_ko": f"창원정공{number}", "name_en": f"Changwon Precision {number}"}
    return organisations.create(by=administrator(), **{"org_class": OrganisationClass.COMPANY} | names | details)


def listed(mini_cluster: MiniCluster | None = None, *, on: date | None = None, **details) -> Organisation:
    """An organisation in the directory: a member of `mini_cluster`."""
    organisation = unlisted(**details)
    active_membership(organisation, mini_cluster or MiniClusterFactory(), on=on)
    organisation.refresh_from_db()
    return organisation
