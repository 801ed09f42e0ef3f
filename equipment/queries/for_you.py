"""What machines are to one person: may they use it, what an hour costs them, what they have to learn first.

For a page of machines in one query, however many there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import BigIntegerField, DateField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from equipment.costs import cost
from equipment.models import Access, Operation, Rate, Training, UserClass
from members.belonging import own_organisation_ids
from members.models import Membership


class Machine(Protocol):
    """What has to be known of one."""

    @property
    def pk(self) -> int: ...
    @property
    def owner_id(self) -> int: ...
    @property
    def access(self) -> str: ...
    @property
    def operation(self) -> str: ...
    @property
    def training(self) -> str: ...


@dataclass(frozen=True)
class ForYou:
    """`needs_training`: nobody operates it for them, and they have not learnt it, or too long ago."""

    may_use: bool
    user_class: UserClass
    rates: dict[str, int]  # of all classes of users, KRW an hour
    needs_training: bool
    is_trained: bool

    @property
    def krw_per_hour(self) -> int:
        return self.rates.get(self.user_class, 0)

    def cost_of(self, minutes: int) -> int:
        return cost(minutes, self.krw_per_hour)


def for_you(machines: Sequence[Machine], user) -> dict[int, ForYou]:
    """By the machine's key. A visitor is told what it would be for whoever opens an account."""
    known = _known(machines, user)
    return {machine.pk: _for_you(machine, user, known) for machine in machines}


@dataclass
class _Known:
    rates: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))  # machine -> class -> KRW
    trained: set[int] = field(default_factory=set)  # machines the person has learnt, and it still counts today
    neighbours: set[int] = field(default_factory=set)  # owners in a mini-cluster of the person's organisations


def _for_you(machine: Machine, user, known: _Known) -> ForYou:
    user_class = _class(machine, user, known.neighbours)
    asks = bool(machine.training) and machine.operation == Operation.SELF
    return ForYou(
        may_use=_may_use(machine, user, user_class),
        user_class=user_class,
        rates=known.rates[machine.pk],
        needs_training=asks and machine.pk not in known.trained,
        is_trained=machine.pk in known.trained,
    )


def _class(machine: Machine, user, neighbours: set[int]) -> UserClass:
    """As `rules.user_class_of`, for many at once."""
    if not user.is_authenticated:
        return UserClass.OUTSIDER
    if machine.owner_id in own_organisation_ids(user):
        return UserClass.OWNER
    if machine.owner_id in neighbours:
        return UserClass.MINI_CLUSTER
    return UserClass.MEMBER if user.may(Permission.VIEW_MEMBERS_SIDE) else UserClass.OUTSIDER


def _may_use(machine: Machine, user, user_class: UserClass) -> bool:
    """As the rule of BOOK_EQUIPMENT."""
    if machine.access == Access.ANYONE:
        return True
    if not user.is_authenticated:
        return False
    if machine.access == Access.MEMBERS:
        return user_class == UserClass.OWNER or user.may(Permission.VIEW_MEMBERS_SIDE)
    return user_class == UserClass.OWNER or (
        machine.access == Access.MINI_CLUSTER and user_class == UserClass.MINI_CLUSTER
    )


def _known(machines: Sequence[Machine], user) -> _Known:
    """All at once: it is asked for every page of a list."""
    known = _Known()
    if not machines:
        return known
    own = own_organisation_ids(user) if user.is_authenticated else set()
    rows = _rows(
        machine_ids=[machine.pk for machine in machines],
        owner_ids=[machine.owner_id for machine in machines],
        own_ids=sorted(own) or [NOBODY],
        person_id=user.pk or NOBODY,
        today=timezone.localdate(),
    )
    for what, key, user_class, krw_per_hour in rows:
        if what == RATE:
            known.rates[key][user_class] = krw_per_hour
        else:
            (known.trained if what == TRAINED else known.neighbours).add(key)
    return known


RATE, TRAINED, NEIGHBOUR = "rate", "trained", "neighbour"
NOBODY = 0  # no key is


@prepared(
    machine_ids=BigIntegerField(),
    owner_ids=BigIntegerField(),
    own_ids=BigIntegerField(),
    person_id=BigIntegerField(),
    today=DateField(),
)
def _rows(machine_ids, owner_ids, own_ids, person_id, today):
    counts = Q(expires_on=None) | Q(expires_on__gte=today)
    theirs = _with_key(Membership.objects.active(), "organisation_id").filter(key__in=own_ids).values("mini_cluster")
    shared = _with_key(Membership.objects.active().filter(mini_cluster__in=theirs), "organisation_id")
    trained = _with_key(Training.objects.filter(counts, person_id=person_id), "equipment_id")
    rates = _with_key(Rate.objects.all(), "equipment_id").filter(key__in=machine_ids).annotate(what=Value(RATE))
    return rates.values_list("what", "key", "user_class", "krw_per_hour").union(
        _without_rate(trained.filter(key__in=machine_ids), TRAINED),
        _without_rate(shared.filter(key__in=owner_ids), NEIGHBOUR),
        all=True,
    )


def _with_key(rows: QuerySet, name: str) -> QuerySet:
    """As a plain number: to a foreign key a list of slots is no list of keys."""
    return rows.order_by().annotate(key=ExpressionWrapper(F(name), output_field=BigIntegerField()))


def _without_rate(rows: QuerySet, what: str) -> QuerySet:
    return rows.annotate(what=Value(what), of=Value(""), krw=Value(0)).values_list("what", "key", "of", "krw")
