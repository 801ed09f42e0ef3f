"""Mini-clusters: the list, the page of each, its goal, and how administrators keep them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.permissions import Permission
from members import table1
from members.actions import memberships
from members.actions import mini_clusters as actions
from members.forms.memberships import add_errors
from members.forms.mini_clusters import GoalForm, MiniClusterForm
from members.models import ClusterRole, MiniCluster, Organisation, OrganisationClass
from members.panels import panels
from members.queries import mini_clusters as queries
from members.views.organisations.finding import organisation_edited


@login_not_required
def mini_cluster_list(request: HttpRequest) -> HttpResponse:
    mini_clusters = MiniCluster.objects.visible_to(request.user).prefetch_related("goals")
    table = table1.table(timezone.localdate())
    context = {
        "rows": [
            (mini_cluster, next(iter(mini_cluster.goals.all()), None), table.row_of(mini_cluster))
            for mini_cluster in mini_clusters
        ],
        "total": table.total,
        "can_create": can(request.user, Permission.MANAGE_MINI_CLUSTERS),
    }
    return render(request, "members/mini_cluster_list.html", context)


@login_not_required
def mini_cluster_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    found = queries.found_with_goals(slug, user)
    if found is None:
        raise Http404
    mini_cluster, goals = found
    row, growth = table1.history(until=timezone.localdate(), mini_cluster=mini_cluster)
    context = {
        "mini_cluster": mini_cluster,
        "goal": goals[0] if goals else None,
        "earlier_goals": goals[1:],
        "earlier_goals_counted": _earlier_goals(len(goals) - 1),
        "figures": queries.figures(row),
        "chart": queries.growth_chart(growth),
        "coordinators": queries.coordinators(mini_cluster, user),
        "newest": queries.newest(mini_cluster),
        "waiting": queries.waiting(mini_cluster, user),
        "join_with": queries.may_join_with(mini_cluster, user),
        "panels": panels("mini_cluster", user, mini_cluster),
        "can_set_goal": can(user, Permission.SET_GOAL, mini_cluster),
        "can_edit": can(user, Permission.MANAGE_MINI_CLUSTERS),
    }
    return render(request, "members/mini_cluster_detail.html", context)


@require_POST
def mini_cluster_join(request: HttpRequest, slug: str) -> HttpResponse:
    """One click: an organisation that has a profile needs no form."""
    mini_cluster = _mini_cluster(request, slug)
    organisation = organisation_edited(request, _number(request.POST.get("organisation", "")))
    try:
        membership = memberships.apply(
            organisation=organisation, mini_cluster=mini_cluster, by=request.user, role=_usual_role(organisation)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(mini_cluster)
    messages.success(request, _("The application is with the coordinators of %(name)s.") % {"name": mini_cluster})
    return redirect(membership)


def goal_new(request: HttpRequest, slug: str) -> HttpResponse:
    mini_cluster = _mini_cluster(request, slug)
    require_or_404(request.user, Permission.SET_GOAL, mini_cluster)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_goal(mini_cluster=mini_cluster, by=request.user, **form.cleaned_data)
        messages.success(request, _("The new goal is in force."))
        return redirect(mini_cluster)
    context = {"form": form, "mini_cluster": mini_cluster, "goal": mini_cluster.goals.first()}
    return render(request, "members/mini_cluster_goal.html", context)


def mini_cluster_new(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_MINI_CLUSTERS)
    return _edit(request, MiniClusterForm(request.POST or None), lambda facts: actions.create(by=request.user, **facts))


def mini_cluster_edit(request: HttpRequest, slug: str) -> HttpResponse:
    mini_cluster = _mini_cluster(request, slug)
    require_or_404(request.user, Permission.MANAGE_MINI_CLUSTERS, mini_cluster)
    form = MiniClusterForm(request.POST or None, instance=mini_cluster)
    return _edit(request, form, lambda facts: actions.update(mini_cluster=mini_cluster, by=request.user, **facts))


def _edit(request: HttpRequest, form: MiniClusterForm, save) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            mini_cluster = save(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(mini_cluster)
    return render(request, "members/mini_cluster_form.html", {"form": form, "mini_cluster": form.instance})


def _earlier_goals(number: int) -> str:
    return ngettext("%(number)s earlier goal", "%(number)s earlier goals", number) % {"number": number}


def _mini_cluster(request: HttpRequest, slug: str) -> MiniCluster:
    found = queries.found(slug, request.user)
    if found is None:
        raise Http404
    return found


def _usual_role(organisation: Organisation) -> str:
    """Firms join as SMEs, who shows directions as a vision provider; a coordinator knows of other roles."""
    return ClusterRole.SME if organisation.org_class == OrganisationClass.COMPANY else ClusterRole.VISION_PROVIDER


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
