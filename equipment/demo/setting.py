"""What the stages of the demo stand on: one source of chance, the owners, and the people who book."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

from ecluster.accounts.models import User
from equipment.models import Equipment
from members.demo.plans import HOME_FIRM
from members.demo.setting import DEMO_DOMAIN
from members.models import Affiliation, Organisation, OrganisationClass, Term

SEED = 2005
USERS = 60
MACHINES = Path(__file__).parent / "data" / "machines.csv"


@dataclass
class Setting:
    progress: Callable[[str], None]
    rng: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  chance for a story, not for a secret
    machines: list[Equipment] = field(default_factory=list)

    def rows(self) -> list[dict[str, str]]:
        with MACHINES.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def owners(self) -> dict[str, Iterator[Organisation]]:
        """For each word of the table, its owners in turn."""
        demo = Organisation.objects.listed().filter(is_demo=True)
        by_word = {word: list(demo.filter(org_class=word).order_by("pk")[:8]) for word in OrganisationClass.values}
        invented = demo.filter(org_class=OrganisationClass.COMPANY, registration_number__isnull=False)
        by_word |= {"company": list(invented.exclude(name_ko=HOME_FIRM).order_by("pk")[:3]), "home": [self.home]}
        return {word: _in_turn(organisations) for word, organisations in by_word.items()}

    @cached_property
    def home(self) -> Organisation:
        """Where the demo's manager and member work."""
        return Organisation.objects.get(name_ko=HOME_FIRM)

    @cached_property
    def categories(self) -> dict[str, Term]:
        return {term.slug: term for term in Term.objects.filter(kind=Term.Kind.EQUIPMENT)}

    @cached_property
    def users(self) -> list[User]:
        """People of members, some of whom book."""
        people = User.objects.filter(affiliations__in=Affiliation.objects.current(), is_demo=True).distinct()
        return list(people.exclude(email__endswith=DEMO_DOMAIN).order_by("pk")[:USERS])

    def account(self, name: str) -> User:
        return User.objects.get(email=f"{name}@{DEMO_DOMAIN}")

    def manager_of(self, organisation: Organisation) -> User:
        row = Affiliation.objects.current().filter(organisation=organisation, is_manager=True)
        return row.select_related("user").order_by("pk")[0].user


def _in_turn(organisations: list[Organisation]) -> Iterator[Organisation]:
    while True:
        yield from organisations
