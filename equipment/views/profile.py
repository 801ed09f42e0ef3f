"""A machine's page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from equipment.models import Equipment


@login_not_required
def equipment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    machine = get_object_or_404(Equipment.objects.visible_to(request.user), pk=pk)
    return render(request, "equipment/equipment_detail.html", {"machine": machine})
