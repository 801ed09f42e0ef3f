"""The inbox and how one wishes to be told."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ecluster.navigation import Link
from ecluster.notifications import actions
from ecluster.notifications.forms import PreferencesForm
from ecluster.notifications.models import Notice
from ecluster.pagination import keyset_page


@require_safe
def inbox(request):
    everything = Notice.objects.visible_to(request.user)
    unread_only = request.GET.get("show") == "unread"
    shown = everything.unread() if unread_only else everything
    unread = everything.unread().count()
    context = {
        "page": keyset_page(request, shown, ordering=("-created_at", "-pk")),
        "total": unread if unread_only else everything.count(),
        "unread_notices": unread,
        "unread_only": unread_only,
        "tabs": [
            Link(_("All"), request.path, is_current=not unread_only),
            Link(_("Unread"), f"{request.path}?show=unread", is_current=unread_only, badge=unread),
        ],
    }
    return render(request, "notifications/notice_list.html", context)


@require_safe
def open_notice(request, pk: int):
    """Leads to what the notice is about; whoever follows it has read it. Nothing else changes, so a link may."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice=notice, by=request.user)
    is_ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and is_ours else "notifications:inbox")


@require_POST
def mark_read(request, pk: int):
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice=notice, by=request.user)
    return redirect("notifications:inbox")


@require_POST
def mark_all_read(request):
    number = actions.mark_all_read(by=request.user)
    messages.success(request, ngettext("%d notice marked as read.", "%d notices marked as read.", number) % number)
    return redirect("notifications:inbox")


def preferences(request):
    form = PreferencesForm(request.POST or None, initial=actions.channels_of(request.user))
    if form.is_valid():
        actions.set_preferences(channels=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved: this is how we will tell you."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences_form.html", {"form": form})
