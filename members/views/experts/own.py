"""One's own place in the pool."""

from django.http import Http404, HttpRequest

from members.models import Expert


def own_expert(request: HttpRequest) -> Expert | None:
    return Expert.objects.select_related("user").filter(user_id=request.user.pk or 0).first()


def own_or_404(request: HttpRequest, pk: int) -> Expert:
    expert = own_expert(request)
    if expert is None or expert.pk != pk:
        raise Http404
    return expert
