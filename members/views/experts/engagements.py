"""Work that is put on an expert's load, and taken off it with what came of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from members.actions import experts
from members.forms.experts import ClosingForm, EngagementForm
from members.models import Engagement, Expert


def engagement_new(request: HttpRequest, pk: int) -> HttpResponse:
    pool = Expert.objects.visible_to(request.user).in_pool().with_load().select_related("user")
    expert = get_object_or_404(pool, pk=pk)
    require_or_404(request.user, Permission.RECORD_ENGAGEMENT, expert)
    is_full = expert.load >= expert.limit  # type: ignore[attr-defined]
    form = EngagementForm(request.POST or None, expert=expert, is_full=is_full)
    if form.is_valid():
        try:
            experts.open_engagement(expert=expert, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Recorded: it is on %(name)s's load now.") % {"name": expert.user.name})
            return redirect(expert)
    return render(request, "members/expert_engagement.html", {"form": form, "expert": expert})


def engagement_close(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Engagement.objects.visible_to(request.user).open().select_related("expert__user")
    engagement = get_object_or_404(mine, pk=pk)
    require_or_404(request.user, Permission.RECORD_ENGAGEMENT, engagement.expert)
    copy = Engagement.objects.get(pk=pk)
    form = ClosingForm(request.POST or None, instance=copy, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        try:
            experts.close_engagement(engagement=engagement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Closed. Members read it as past work from now on."))
            return redirect(engagement.expert)
    context = {"form": form, "expert": engagement.expert, "engagement": engagement}
    return render(request, "members/expert_engagement_close.html", context)
