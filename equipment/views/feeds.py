"""Bookings for calendar programs: the feed under a secret address, and one booking as a file."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ecluster.accounts.requests import SignedInRequest
from equipment import ical
from equipment.actions.feeds import renew_feed, stop_feed
from equipment.models import Booking, CalendarFeed


@never_cache
@require_safe
def feed_settings(request: SignedInRequest) -> HttpResponse:
    feed = CalendarFeed.objects.visible_to(request.user).first()
    path = reverse("equipment:feed", args=[feed.token]) if feed else ""
    return render(request, "equipment/feed_settings.html", {"address": path and settings.SITE_URL + path})


@require_POST
def feed_renew(request: SignedInRequest) -> HttpResponse:
    renew_feed(by=request.user)
    messages.success(request, _("This is the new address. Give it to your calendar program, and to nobody else."))
    return redirect("equipment:feed-settings")


@require_POST
def feed_stop(request: SignedInRequest) -> HttpResponse:
    stop_feed(by=request.user)
    messages.success(request, _("Your bookings can't be read from outside any more."))
    return redirect("equipment:feed-settings")


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Who knows the address is let in: a calendar program can't sign in."""
    found = get_object_or_404(CalendarFeed.objects.select_related("person"), token=token, person__is_active=True)
    person = found.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        text = ical.calendar(ical.of_person(person), name=_("Bookings of machines"))
    response = _file(text, "bookings.ics")
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def booking_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    booking = get_object_or_404(Booking.objects.visible_to(request.user), pk=pk)
    return _file(ical.calendar(Booking.objects.filter(pk=booking.pk)), f"booking-{booking.pk}.ics")


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{ical.MEDIA_TYPE}; charset=utf-8", headers=headers)
