"""Which roles a person's affiliations and expert profile give."""

from django.db.models import Case, CharField, QuerySet, Value, When

from ecluster.accounts.permissions import Role
from members.belonging import ORGANISATION
from members.models import Affiliation, Expert
from members.statuses import ExpertStatus

LISTED = {"organisation__is_listed": True}


def affiliations(user_id, day) -> QuerySet:
    """Only an active member organisation makes a member; its manager keeps the profile in any case."""
    roles = Case(
        When(is_manager=True, **LISTED, then=Value(f"{Role.MEMBER} {Role.ORGANISATION_MANAGER}")),
        When(is_manager=True, then=Value(Role.ORGANISATION_MANAGER.value)),
        When(**LISTED, then=Value(Role.MEMBER.value)),
        default=Value(""),
        output_field=CharField(),
    )
    current = Affiliation.objects.current(on=day).filter(user_id=user_id).order_by()
    return current.values_list(_kind(ORGANISATION), "organisation_id", roles)


def expert_pool(user_id, day) -> QuerySet:
    accepted = Expert.objects.filter(user_id=user_id, status=ExpertStatus.ACCEPTED).order_by()
    return accepted.values_list(_kind("expert"), "pk", _kind(Role.EXPERT))


def _kind(word: str) -> Value:
    return Value(str(word), output_field=CharField())
