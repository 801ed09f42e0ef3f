"""An expert's page: what they know, how much they do, how to reach them, and what can be done about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can
from ecluster.accounts.contact import contact_of
from ecluster.accounts.permissions import Permission
from ecluster.audit.models import AuditEntry
from members.actions import experts
from members.forms.experts import AvailabilityForm, DecisionForm
from members.languages import language_names
from members.models import Engagement, Expert
from members.statuses import ExpertStatus
from members.views.experts.own import own_or_404

HISTORY_SHOWN = 15


@login_not_required
def expert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    expert = get_object_or_404(_visible(request), pk=pk)
    is_own = expert.user_id == request.user.pk
    can_decide = can(request.user, Permission.DECIDE_EXPERT, expert)
    sees_history = is_own or can_decide
    context = {
        "expert": expert,
        "contact": contact_of(expert.user, request.user),
        "languages": language_names(expert.languages),
        "work": _work(expert, request),
        "is_own": is_own,
        "in_pool": expert.status == ExpertStatus.ACCEPTED,
        "sees_members_side": is_own or can(request.user, Permission.VIEW_MEMBERS_SIDE),
        "can_decide": can_decide,
        "can_record": can(request.user, Permission.RECORD_ENGAGEMENT, expert),
        "decision": DecisionForm(),
        "availability": AvailabilityForm(instance=expert) if is_own else None,
        "history": AuditEntry.objects.about(expert).order_by("-at", "-pk")[:HISTORY_SHOWN] if sees_history else [],
    }
    return render(request, "members/expert_detail.html", context)


@require_POST
def expert_availability(request: HttpRequest, pk: int) -> HttpResponse:
    expert = own_or_404(request, pk)
    form = AvailabilityForm(request.POST, instance=Expert.objects.get(pk=expert.pk))
    try:
        if form.is_valid():
            experts.set_availability(expert=expert, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your availability is up to date."))
        else:
            messages.error(request, _("Choose whether you are available, and a day that is still to come."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(expert)


def _visible(request: HttpRequest):
    return Expert.objects.visible_to(request.user).with_load().select_related("user", "organisation")


def _work(expert: Expert, request: HttpRequest) -> dict[str, list[Engagement]]:
    """What of it this person may read, what is open apart from what is done."""
    rows = list(Engagement.objects.visible_to(request.user).filter(expert=expert))
    return {"open": [row for row in rows if not row.ended_on], "past": [row for row in rows if row.ended_on]}
