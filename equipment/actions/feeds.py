"""The secret address under which somebody's calendar program reads their bookings."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ecluster.accounts.models import User
from ecluster.audit.actions import record
from equipment.models import CalendarFeed


@transaction.atomic
def renew_feed(*, by: User) -> CalendarFeed:
    """The first address, or a new one: the old one answers nobody any more. The trail keeps neither."""
    if not by.is_active:
        raise PermissionDenied("Who has no account has no bookings.")
    feed, is_new = CalendarFeed.objects.update_or_create(person=by, defaults={"token": secrets.token_urlsafe(32)})
    record(target=feed, action="make_feed" if is_new else "renew_feed", by=by)
    return feed


@transaction.atomic
def stop_feed(*, by: User) -> None:
    """Nobody reads their bookings from outside any more."""
    if not by.is_active:
        raise PermissionDenied("Who has no account has no bookings.")
    for feed in CalendarFeed.objects.select_for_update().filter(person=by):
        record(target=feed, action="stop_feed", by=by)
        feed.delete()
