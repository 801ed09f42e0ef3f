"""What the search index knows of machines, and what makes it look again."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from ecluster.search import engine as search
from ecluster.search.statements import Sql
from ecluster.tasks.background import background
from equipment.models import Access, Equipment
from members.belonging import own_organisation_ids
from members.models import Term
from members.reading import READER, Reader, asked_by
from members.search.organisations import term_words
from members.statuses import MembershipStatus

EQUIPMENT = "equipment"
CHUNK = 200
MISSED_DAYS = 14  # so long the portal may have stood still, and the calibrations that ran out are noticed all the same
_KEPT = "_sees_equipment_of_its_own"


def equipment_document(machine: Equipment) -> search.Document:
    return search.Document(
        title=machine.name_ko or machine.name_en,
        text_a=[machine.name_ko, machine.name_en, f"{machine.maker} {machine.model}"],
        text_b=list(_core(machine)),
        text_c=list(_mentions(machine)),
        audience=_audience(machine),
        facets=_facets(machine),
    )


def beyond(user) -> Sql | None:
    """What no audience as a whole may see: machines of the owner's people alone, or of owners that aren't listed."""
    if not user.is_authenticated:
        return None
    reviews = user.may(Permission.REVIEW_MEMBERSHIP) or user.may(Permission.IMPORT_DATA)
    if not reviews and not own_organisation_ids(user):
        return None
    if not hasattr(user, _KEPT):  # asked several times a request
        setattr(user, _KEPT, bool(_some_beyond(**asked_by(user))))
    if not getattr(user, _KEPT):
        return None
    statement = _beyond.statement(**asked_by(user))
    return Sql(*statement) if statement else None


@prepared(**READER)
def _some_beyond(**reader) -> QuerySet:
    return _beyond.build(**reader)[:1]


@prepared(**READER)
def _beyond(**reader) -> QuerySet:
    visible = Equipment.objects.visible_to(Reader(**reader)).order_by()
    return visible.filter(Q(access=Access.OWNER) | Q(owner__is_listed=False)).values_list("pk")


def reindex_owners(organisation_ids: Iterable[int]) -> None:
    """Machines are found by their owner's name, class and mini-clusters, by whom its being listed says."""
    machines = Equipment.objects.filter(owner__in=list(organisation_ids))
    search.index(machines)


def reindex_term(term: Term) -> None:
    fields = {Term.Kind.EQUIPMENT: Q(category=term), Term.Kind.REGION: Q(region=term) | Q(owner__region=term)}
    if condition := fields.get(Term.Kind(term.kind)):
        search.index(Equipment.objects.filter(condition))


@background()
def notice_calibrations_run_out() -> None:
    """Time alone makes a calibration overdue; no action would tell the index."""
    today = timezone.localdate()
    lately = (today - timedelta(days=MISSED_DAYS), today - timedelta(days=1))
    search.index(Equipment.objects.filter(calibration_due_on__range=lately))


def _audience(machine: Equipment) -> search.Audience:
    if machine.access == Access.OWNER or not machine.owner.is_listed:
        return search.Audience.RESTRICTED
    return search.Audience.PUBLIC if machine.access == Access.ANYONE else search.Audience.MEMBERS


def _core(machine: Equipment) -> Iterator[str]:
    if machine.category:
        yield from term_words(machine.category)
    yield from (machine.purpose_ko, machine.purpose_en)
    yield from (row.quantity for row in machine.ranges.all())


def _mentions(machine: Equipment) -> Iterator[str]:
    yield from (machine.owner.name_ko, machine.owner.name_en, machine.limits, machine.place, machine.training)
    if region := _region(machine):
        yield from term_words(region)


def _region(machine: Equipment) -> Term | None:
    """Where no place of its own is given, it stands where its owner is."""
    return machine.region or machine.owner.region


def _facets(machine: Equipment) -> dict[str, list[str]]:
    region = _region(machine)
    return {
        "category": [machine.category.slug] if machine.category else [],
        "owner_class": [machine.owner.org_class],
        "owner": [str(machine.owner_id)],
        "region": [region.slug] if region else [],
        "maker": [machine.maker],
        "status": [machine.status],
        "access": [machine.access],
        "operation": [machine.operation],
        "mini_cluster": [
            membership.mini_cluster.slug
            for membership in machine.owner.memberships.all()
            if membership.status == MembershipStatus.ACTIVE
        ],
        "calibration": [calibration_of(machine)],
    }


def calibration_of(machine: Equipment) -> str:
    if machine.calibration_due_on is None:
        return "unknown"
    return "overdue" if machine.is_calibration_overdue else "valid"


search.register(
    search.Source(
        kind=EQUIPMENT,
        model=Equipment,
        label=_("Equipment"),
        to_document=equipment_document,
        summary=lambda machine: " · ".join(filter(None, (machine.maker, machine.model, machine.purpose))),
        beyond=beyond,
        list_url="equipment:equipment-list",
        prefetch=("owner__memberships__mini_cluster", "owner__region", "category", "region", "ranges"),
    )
)
