"""An expert's page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from members.models import Expert


@login_not_required
def expert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Expert.objects.visible_to(request.user).select_related("user", "organisation")
    expert = get_object_or_404(visible, pk=pk)
    return render(request, "members/expert_detail.html", {"expert": expert})
