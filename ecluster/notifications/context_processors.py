from django.db.models import BigIntegerField, Count, QuerySet
from django.utils.functional import SimpleLazyObject

from ecluster.notifications.models import Notice
from ecluster.prepared import prepared


def inbox(request) -> dict:
    """The number beside the inbox in the page's head; asked for only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: sum(_unread(user_id=user.pk)))}


@prepared(user_id=BigIntegerField())
def _unread(user_id) -> QuerySet:
    """One number, or none where all is read. An inbox is its owner's alone."""
    unread = Notice.objects.filter(user_id=user_id).unread().order_by()
    return unread.values("user").annotate(number=Count("pk")).values_list("number", flat=True)
