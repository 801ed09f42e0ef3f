from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.apps import apps
from django.db.models import F, Q

from ecluster.visibility import VisibleQuerySet
from equipment.expressions import Overlaps, moment
from equipment.querysets.equipment import visible_equipment
from equipment.statuses import HOLDING, BookingStatus, WaitingStatus
from members.belonging import managed_organisation_ids, own_organisation_ids


def _kept_by(person_pk, own: Collection, managed: Collection) -> Q:
    """As `equipment.rules.keeps` has it: who has left the owner keeps nothing of it."""
    keepers = apps.get_model("equipment.Equipment").keepers.through.objects.filter(user=person_pk)
    named = Q(equipment__owner__pk__in=own, equipment__in=keepers.values("equipment"))
    return Q(equipment__owner__pk__in=managed) | named


class BookingQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Who booked what, and what for, is theirs, their organisation's managers', and the machine's keepers'."""
        if not user.is_authenticated:
            return self.none()
        return self.known_to(user.pk, own_organisation_ids(user), managed_organisation_ids(user))

    def known_to(self, person_pk, own: Collection, managed: Collection) -> Self:
        """The same, of a person by their key and the organisations that they belong to, and manage."""
        theirs = Q(person=person_pk) | Q(organisation__pk__in=managed)
        return self.filter(theirs | _kept_by(person_pk, own, managed))

    def holding(self) -> Self:
        """Those that keep others off the machine."""
        return self.filter(status__in=HOLDING)

    def requested(self) -> Self:
        return self.filter(status=BookingStatus.REQUESTED)

    def live(self) -> Self:
        """Asked for or approved, and not over in any other way."""
        return self.filter(status__in=[BookingStatus.REQUESTED, BookingStatus.APPROVED])

    def touching(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Those whose held time overlaps [starts_at, ends_at): the end of one may be the start of the next."""
        return self.filter(held_from__lt=ends_at, held_until__gt=starts_at)

    def touching_anywhere(self, starts_at: datetime, ends_at: datetime) -> Self:
        """The same, of all machines at once: PostgreSQL has an index of its own for it."""
        return self.filter(Overlaps(F("held_from"), F("held_until"), moment(starts_at), moment(ends_at)))


class SeriesQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(bookings__in=apps.get_model("equipment.Booking").objects.visible_to(user)).distinct()


class WaitingQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """One's own, and those for machines one keeps."""
        if not user.is_authenticated:
            return self.none()
        kept = _kept_by(user.pk, own_organisation_ids(user), managed_organisation_ids(user))
        return self.filter(Q(person=user) | kept)

    def waiting(self) -> Self:
        return self.filter(status=WaitingStatus.WAITING)

    def offered(self) -> Self:
        return self.filter(status=WaitingStatus.OFFERED)


class OutageQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Whoever sees the machine sees when it can't be used."""
        return self.filter(equipment__in=visible_equipment(user))

    def touching(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Those that overlap [starts_at, ends_at); a reported one lasts until it is mended."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=starts_at), starts_at__lt=ends_at)


class FeedQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The address is a secret of its person."""
        return self.filter(person=user) if user.is_authenticated else self.none()
