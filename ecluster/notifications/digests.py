"""The daily mail for who does not want one for each notice."""

from django.contrib.auth import get_user_model
from django.db import transaction

from ecluster.notifications.mailing import send
from ecluster.notifications.models import Notice, OutgoingMail
from ecluster.tasks.background import background


@background()
def send_digests() -> None:
    """One mail a person with all that came up; who is killed half-way goes on with those who had none yet."""
    people = Notice.objects.for_a_digest().values("user")
    for person in get_user_model().objects.filter(pk__in=people).order_by("pk"):
        mail = _bundled(person)
        if mail:
            send(mail)


@transaction.atomic
def _bundled(person) -> OutgoingMail | None:
    get_user_model().objects.select_for_update().get(pk=person.pk)
    notices = Notice.objects.for_a_digest().filter(user=person)
    if not notices.exists():
        return None
    mail = OutgoingMail.objects.create(user=person)
    notices.update(mail=mail)
    return mail
