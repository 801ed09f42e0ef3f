"""Coming into the pool and leaving it, for the person themself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.workflow import WrongStatus
from members.actions import experts
from members.forms.experts import ExpertForm
from members.models import Expert
from members.statuses import ExpertStatus
from members.views.experts.own import own_expert, own_or_404

_AGAIN = (ExpertStatus.DECLINED, ExpertStatus.LEFT)
_ANSWERS = {"join": experts.join, "refuse": experts.refuse}


def expert_apply(request: HttpRequest) -> HttpResponse:
    """For the first time, or again after a decline or after having left."""
    require_or_404(request.user, Permission.APPLY_AS_EXPERT)
    expert = own_expert(request)
    if expert and expert.status not in _AGAIN:
        return redirect(expert)
    form = _form(request, expert)
    if form.is_valid():
        try:
            sent = _send(request, expert, form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your application has arrived. A chief coordinator decides and you are told."))
            return redirect(sent)
    return render(request, "members/expert_apply.html", {"form": form, "expert": expert})


def expert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    expert = own_or_404(request, pk)
    form = _form(request, expert)
    if form.is_valid():
        try:
            experts.update_profile(expert=expert, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Your profile is marked as true as of today."))
            return redirect(expert)
    return render(request, "members/expert_edit.html", {"form": form, "expert": expert})


@require_POST
def expert_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """To an invitation: one click."""
    expert = own_or_404(request, pk)
    answer = _ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        raise Http404
    try:
        answer(expert=expert, by=request.user)
    except WrongStatus as error:
        messages.error(request, str(error))
        return redirect(expert)
    if expert.status == ExpertStatus.ACCEPTED:
        messages.success(request, _("Welcome to the pool. Now say what you know, so that you are found."))
        return redirect("members:expert-edit", expert.pk)
    messages.success(request, _("Thank you for your answer."))
    return redirect(expert)


@require_POST
def expert_leave(request: HttpRequest, pk: int) -> HttpResponse:
    expert = own_or_404(request, pk)
    try:
        experts.leave(expert=expert, by=request.user)
    except WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have left the pool. You may apply again at any time."))
    return redirect(expert)


def _form(request: HttpRequest, expert: Expert | None) -> ExpertForm:
    """Bound to a copy: what is typed stays out of `expert` until an action takes it."""
    instance = Expert.objects.get(pk=expert.pk) if expert else None
    return ExpertForm(request.POST or None, instance=instance, person=request.user)


def _send(request: HttpRequest, expert: Expert | None, facts: dict) -> Expert:
    if expert:
        return experts.reapply(expert=expert, by=request.user, **facts)
    return experts.apply(by=request.user, **facts)
