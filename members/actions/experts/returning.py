"""Who was away until yesterday is back today, without a click."""

from django.db import transaction
from django.utils import timezone

from ecluster.tasks.background import background
from members.actions.experts._facts import finish, write
from members.models import Availability, Expert


@background()
def welcome_back() -> None:
    due = Expert.objects.filter(availability=Availability.AWAY, away_until__lt=timezone.localdate())
    for pk in due.values_list("pk", flat=True):
        _welcome(pk)


@transaction.atomic
def _welcome(pk: int) -> None:
    expert = Expert.objects.select_for_update().get(pk=pk)
    if expert.away_until and expert.away_until < timezone.localdate():  # they may have changed it meanwhile
        changes = write(expert, {"availability": Availability.OPEN, "away_until": None})
        finish(expert, action="return", by=None, changes=changes)
