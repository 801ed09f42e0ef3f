"""The expert pool: its public part for everyone, all of it for members."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import BigIntegerField, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.export import export, wants_export
from ecluster.prepared import prepared
from members.expert_filter import expert_filter
from members.models import Expert
from members.queries.experts import export_columns, listed, pool, told
from members.statuses import ExpertStatus


@login_not_required
def expert_list(request: HttpRequest) -> HttpResponseBase:
    sees_members_side = can(request.user, Permission.VIEW_MEMBERS_SIDE)
    filters = expert_filter(request)
    if format_ := wants_export(request):
        rows = filters.filter_queryset(pool(request.user)).order_by(*filters.sort.ordering or ["sort_name", "pk"])
        return export(rows, export_columns(request.user), "experts", format_)
    page = filters.page(listed, members_side=sees_members_side, in_korean=(get_language() or "").startswith("ko"))
    context = {
        "filters": filters,
        "page": page,
        "rows": told(page.rows),
        "sees_members_side": sees_members_side,
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
    return request.user.is_authenticated and bool(_in_touch(user_id=request.user.pk))


@prepared(user_id=BigIntegerField())
def _in_touch(user_id: int) -> QuerySet:
    away = [ExpertStatus.DECLINED, ExpertStatus.LEFT]
    return Expert.objects.filter(user_id=user_id).exclude(status__in=away).values_list("pk")
