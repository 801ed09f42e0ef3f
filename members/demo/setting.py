"""What every stage of the demo stands on: one source of chance, today's date, who acts, the vocabulary."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TypeVar

from ecluster.accounts.actions.people import open_account
from ecluster.accounts.models import Body, User
from members.demo.names import Name, email_of, people
from members.models import Expert, Industry, MiniCluster, Organisation, Term

SEED = 2004
EVERY = 40
T = TypeVar("T")


@dataclass
class Setting:
    progress: Callable[[str], None]
    today: date
    rng: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  chance for a story, not for a secret
    addresses: set[str] = field(default_factory=set)
    bodies: dict[str, Body] = field(default_factory=dict)
    office_holders: dict[str, list[User]] = field(default_factory=dict)  # by key of body
    mini_clusters: dict[str, MiniCluster] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by Korean name
    experts: list[Expert] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = people(self.rng)
        self._terms = {(term.kind, term.slug): term for term in Term.objects.all()}
        self._industries = {(i.scheme, i.code): i for i in Industry.objects.all()}

    admin: User = field(init=False)
    chief: User = field(init=False)

    def term(self, kind: str, slug: str) -> Term:
        return self._terms[kind, slug]

    def terms(self, kind: str, slugs: str) -> list[Term]:
        return [self._terms[kind, slug] for slug in slugs.split()]

    def industries(self, codes: str) -> list[Industry]:
        """“ksic:29223 nace:28.41”"""
        return [self._industries[tuple(code.split(":"))] for code in codes.split()]  # type: ignore[index]

    def next_name(self) -> Name:
        return next(self._names)

    def person(self, domain: str, *, account: str = "", name: Name | None = None, **profile) -> User:
        """A person who can't sign in, or with `account` a demo account of that name."""
        name = name or self.next_name()
        email = f"{account}@{DEMO_DOMAIN}" if account else email_of(name, domain, self.addresses)
        password = DEMO_PASSWORD if account else None
        return open_account(email=email, by=None, name=name.ko, name_en=name.en, password=password, **profile)

    def each(self, label: str, rows: Iterable[T]) -> Iterator[T]:
        """`rows`, telling every now and then how far it is."""
        rows = list(rows)
        for number, row in enumerate(rows, start=1):
            yield row
            if number % EVERY == 0 or number == len(rows):
                self.progress(f"{label} {number}/{len(rows)}")


DEMO_DOMAIN = "demo.ecluster.example"
DEMO_PASSWORD = "demo"  # noqa: S105  published on purpose: the accounts exist in demo mode only
