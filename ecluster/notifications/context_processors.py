from django.utils.functional import SimpleLazyObject

from ecluster.notifications.models import Notice


def inbox(request) -> dict:
    """The number beside the inbox in the page's head; asked for only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(Notice.objects.visible_to(user).unread().count)}
