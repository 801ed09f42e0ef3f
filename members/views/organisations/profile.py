"""An organisation's page: what it is and can do, how to reach it, and what its people can do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import BigIntegerField, DateField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can
from ecluster.accounts.contact import audiences_of, contact_of
from ecluster.accounts.permissions import Permission
from ecluster.audit.models import AuditEntry
from ecluster.pagination import keyset_page
from ecluster.prepared import prepared
from members import completeness
from members.actions import organisations
from members.belonging import own_organisation_ids
from members.models import Affiliation, Organisation
from members.panels import panels
from members.profiles import profile_for
from members.reading import READER, Reader, asked_by
from members.views.organisations.finding import MovedTo, organisation_edited, organisation_seen


@login_not_required
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        organisation = organisation_seen(request, pk)
    except MovedTo as moved:
        return redirect(moved.survivor, permanent=True)
    profile = profile_for(organisation, request.user)
    can_edit = can(request.user, Permission.EDIT_ORGANISATION, organisation)
    context = {
        "organisation": organisation,
        "profile": profile,
        "people": _people(organisation, request.user),
        "sees_contact": _sees_contact(organisation, request.user),
        "sees_members_side": can(request.user, Permission.VIEW_MEMBERS_SIDE) or _is_own(organisation, request.user),
        "can_edit": can_edit,
        "missing": completeness.missing(profile)[:3] if can_edit else [],
        "size_label": pgettext("of a part", "Size"),
        "panels": panels("organisation", request.user, organisation),
    }
    return render(request, "members/organisation_detail.html", context)


@require_POST
def organisation_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_edited(request, pk)
    organisations.confirm_still_true(organisation=organisation, by=request.user)
    messages.success(request, _("Thank you: the profile is marked as true as of today."))
    return redirect(organisation)


def organisation_history(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_edited(request, pk)
    page = keyset_page(request, AuditEntry.objects.about(organisation), ("-at", "-pk"))
    return render(request, "members/organisation_history.html", {"organisation": organisation, "page": page})


def _people(organisation: Organisation, viewer) -> list:
    """Those who work there, each with what of their contact is open to `viewer`."""
    affiliations = _affiliations(pk=organisation.pk, day=timezone.localdate(), **asked_by(viewer))
    return [(row, contact_of(row.user, viewer)) for row in affiliations]


@prepared(pk=BigIntegerField(), day=DateField(), **READER)
def _affiliations(pk, day, **reader) -> QuerySet:
    visible = Affiliation.objects.visible_to(Reader(**reader))
    return visible.current(on=day).filter(organisation=pk).select_related("user")


def _sees_contact(organisation: Organisation, viewer) -> bool:
    return organisation.contact_audience in audiences_of(viewer, is_own=_is_own(organisation, viewer))


def _is_own(organisation: Organisation, viewer) -> bool:
    return viewer.is_authenticated and organisation.pk in own_organisation_ids(viewer)
