"""Applying for membership, and the coordinators' desk of applications and memberships."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.audit.models import AuditEntry
from ecluster.export import Column, export, wants_export
from ecluster.workflow import WrongStatus
from members.actions import applications, memberships, merging
from members.belonging import own_organisation_ids
from members.duplicates import likely_duplicates
from members.forms.memberships import ApplicationForm, MergeForm, StepForm, add_errors
from members.limits import Limit
from members.models import Application, Membership, Organisation
from members.queries.desk import days_waiting, desk, to_export
from members.statuses import MEMBERSHIP

VISITORS_LIMIT = Limit("apply", times=5, seconds=3600)
STEPS = {
    "approve": memberships.approve,
    "decline": memberships.decline,
    "suspend": memberships.suspend,
    "resume": memberships.resume,
    "end": memberships.end,
}
COLUMNS = [
    Column(gettext_lazy("Organisation"), lambda m: m.organisation.name),
    Column(gettext_lazy("Class"), lambda m: m.organisation.get_org_class_display()),
    Column(gettext_lazy("Mini-cluster"), lambda m: m.mini_cluster.name),
    Column(gettext_lazy("Role"), lambda m: m.get_role_display()),
    Column(gettext_lazy("Status"), lambda m: m.get_status_display()),
    Column(gettext_lazy("Applied on"), "applied_on"),
    Column(gettext_lazy("Since"), "status_since"),
]


@login_not_required
def membership_apply(request: HttpRequest) -> HttpResponse:
    form = ApplicationForm(request.POST or None, initial=_known_of(request))
    if request.method == "POST" and form.is_valid() and not _is_too_often(request, form):
        try:
            application = applications.send(by=request.user, **form.for_action())
        except ValidationError as error:
            add_errors(form, error)
        else:
            VISITORS_LIMIT.count(request)
            return redirect("members:application-receipt", application.key)
    return render(request, "members/membership_apply.html", {"form": form})


@login_not_required
def application_receipt(request: HttpRequest, key) -> HttpResponse:
    """Whoever has the key of the form sent it, or was given it by who did."""
    application = get_object_or_404(Application.objects.select_related("organisation"), key=key)
    rows = application.memberships.select_related("mini_cluster").order_by("mini_cluster__position")
    return render(request, "members/application_receipt.html", {"application": application, "memberships": rows})


def membership_list(request: HttpRequest) -> HttpResponseBase:
    require_or_404(request.user, Permission.REVIEW_MEMBERSHIP)
    if not request.GET:
        return redirect(f"{request.path}?status=applied")
    if format_ := wants_export(request):
        return export(to_export(request.GET, request.user), COLUMNS, "applications", format_)
    return render(request, "members/membership_list.html", {"desk": desk(request)})


def membership_detail(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    return _show(request, membership, _forms(request, membership))


@require_POST
def membership_move(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    membership = _membership(request, pk)
    require_or_404(request.user, Permission.REVIEW_MEMBERSHIP, membership)
    if action not in STEPS:
        raise Http404
    form = StepForm(request.POST, action=action)
    if form.is_valid():
        try:
            STEPS[action](membership=membership, by=request.user, **form.cleaned_data)
        except WrongStatus as error:
            messages.error(request, str(error))
            return redirect(membership)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(status)s.") % {"status": membership.get_status_display()})
            return redirect(membership)
    membership = _membership(request, pk)
    return _show(request, membership, _forms(request, membership) | {action: form})


def organisation_merge(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    """Shows both side by side and asks once more: it can't be undone."""
    organisations = Organisation.objects.visible_to(request.user).unmerged()
    duplicate, survivor = get_object_or_404(organisations, pk=pk), get_object_or_404(organisations, pk=into)
    require_or_404(request.user, Permission.MERGE_ORGANISATIONS, duplicate)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            merging.merge(organisation=duplicate, into=survivor, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(duplicate)s is part of %(survivor)s now.") % _names(duplicate, survivor))
            return redirect(survivor)
    context = {"form": form, "duplicate": duplicate, "survivor": survivor, "both": [duplicate, survivor]}
    return render(request, "members/membership_merge.html", context)


def _known_of(request: HttpRequest) -> dict:
    person = request.user
    if not person.is_authenticated:
        return {}
    return {"contact_name": person.name, "contact_email": person.email, "contact_phone": person.phone}


def _is_too_often(request: HttpRequest, form: ApplicationForm) -> bool:
    is_sent_again = Application.objects.filter(key=form.cleaned_data["key"]).exists()
    if request.user.is_authenticated or is_sent_again or not VISITORS_LIMIT.is_reached(request):
        return False
    form.add_error(None, _("Many applications came from your address within the hour. Please try again later."))
    return True


def _membership(request: HttpRequest, pk: int) -> Membership:
    """Who may decide it and who it is about; that it is active others see in the directory."""
    found = Membership.objects.visible_to(request.user).select_related("organisation", "mini_cluster", "application")
    membership = get_object_or_404(found, pk=pk)
    is_applicant = membership.application is not None and membership.application.sent_by_id == request.user.pk
    is_own = membership.organisation_id in own_organisation_ids(request.user)  # type: ignore[arg-type]  # who is here is signed in
    if not (is_applicant or is_own or can(request.user, Permission.REVIEW_MEMBERSHIP)):
        raise Http404
    return membership


def _forms(request: HttpRequest, membership: Membership) -> dict[str, StepForm]:
    """A form for each step that the table has open for this person: the buttons."""
    steps = MEMBERSHIP.open_actions(membership, request.user)
    return {step.action: StepForm(action=step.action) for step in steps if step.action in STEPS}


def _show(request: HttpRequest, membership: Membership, forms: dict[str, StepForm]) -> HttpResponse:
    labels = {step.action: step.label for step in MEMBERSHIP.rows}
    reviews = can(request.user, Permission.REVIEW_MEMBERSHIP)
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "application": membership.application,
        "steps": [(action, labels[action], form) for action, form in forms.items()],
        "days": days_waiting(membership),
        "periods": membership.periods.order_by("-starts_on"),
        "others": _others(membership),
        "duplicates": likely_duplicates(membership.organisation, request.user) if reviews else [],
        "reviews": reviews,
        "can_merge": can(request.user, Permission.MERGE_ORGANISATIONS, membership.organisation),
        "entries": AuditEntry.objects.about(membership),
    }
    return render(request, "members/membership_detail.html", context)


def _others(membership: Membership) -> QuerySet:
    return membership.organisation.memberships.exclude(pk=membership.pk).select_related("mini_cluster")


def _names(duplicate: Organisation, survivor: Organisation) -> dict:
    return {"duplicate": duplicate, "survivor": survivor}
