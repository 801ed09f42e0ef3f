"""Who comes into the pool: applications for the chief coordinator, invitations by any coordinator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.pagination import keyset_page
from ecluster.workflow import WrongStatus
from members.actions import experts
from members.forms.experts import DecisionForm, ExpertInvitationForm
from members.models import Expert

_DECISIONS = {"accept": experts.accept, "decline": experts.decline, "remove": experts.remove}


def expert_applications(request: HttpRequest) -> HttpResponse:
    """Those who wait longest come first."""
    require_or_404(request.user, Permission.DECIDE_EXPERT)
    waiting = Expert.objects.visible_to(request.user).awaiting_decision()
    rows = waiting.select_related("user", "organisation").prefetch_related("specialities")
    context = {"page": keyset_page(request, rows, ("updated_at",)), "total": waiting.count()}
    return render(request, "members/expert_applications.html", context)


@require_POST
def expert_decide(request: HttpRequest, pk: int) -> HttpResponse:
    expert = get_object_or_404(Expert.objects.visible_to(request.user).select_related("user"), pk=pk)
    require_or_404(request.user, Permission.DECIDE_EXPERT, expert)
    decide = _DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        raise Http404
    form = DecisionForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        decide(expert=expert, by=request.user, reason=reason)
    except (ValidationError, WrongStatus) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, _("Done: %(name)s is told.") % {"name": expert.user.name})
    return redirect(expert)


def expert_invite(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.INVITE_EXPERT)
    form = ExpertInvitationForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        try:
            expert = experts.invite(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
            return redirect(expert)
    return render(request, "members/expert_invite.html", {"form": form})
