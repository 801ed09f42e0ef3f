"""The expert pool: its public part for everyone, all of it for members."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.export import export, wants_export
from members.expert_filter import expert_filter
from members.models import Expert
from members.queries.experts import export_columns, pool
from members.statuses import ExpertStatus


@login_not_required
def expert_list(request: HttpRequest) -> HttpResponseBase:
    filters = expert_filter(request, pool(request.user))
    if format_ := wants_export(request):
        rows = filters.qs.order_by(*filters.sort.ordering or ["sort_name", "pk"])
        return export(rows, export_columns(request.user), "experts", format_)
    context = {
        "filters": filters,
        "page": filters.page(),
        "sees_members_side": can(request.user, Permission.VIEW_MEMBERS_SIDE),
        "can_find": can(request.user, Permission.USE_FINDER),
        "can_invite": can(request.user, Permission.INVITE_EXPERT),
        "waiting": _waiting(request),
        "can_apply": not _is_known(request),
    }
    return render(request, "members/expert_list.html", context)


def _waiting(request: HttpRequest) -> int | None:
    """How many applications wait, for who decides."""
    if not can(request.user, Permission.DECIDE_EXPERT):
        return None
    return Expert.objects.visible_to(request.user).awaiting_decision().count()


def _is_known(request: HttpRequest) -> bool:
    """Whether the person has been in touch with the pool already: their page says how it stands."""
    if not request.user.is_authenticated:
        return False
    away = [ExpertStatus.DECLINED, ExpertStatus.LEFT]
    return Expert.objects.filter(user_id=request.user.pk).exclude(status__in=away).exists()
