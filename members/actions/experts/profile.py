"""What experts say of themselves."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from members.actions.experts._facts import finish, own, write
from members.models import Expert


@transaction.atomic
def update_profile(*, expert: Expert, by, **facts) -> Expert:
    """Changes those facts that are given; whoever saves their profile says that all of it holds today."""
    current = own(expert, by)
    current.confirmed_on = timezone.localdate()
    changes = write(current, facts)
    finish(current, action="update_expert", by=by, changes=changes)
    return current


@transaction.atomic
def set_availability(*, expert: Expert, by, availability: str, away_until: date | None = None) -> Expert:
    current = own(expert, by)
    changes = write(current, {"availability": availability, "away_until": away_until})
    finish(current, action="set_availability", by=by, changes=changes)
    return current
