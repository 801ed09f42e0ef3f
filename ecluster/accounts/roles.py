"""Which roles a person's offices give."""

from django.db.models import QuerySet

from ecluster.accounts.models import Appointment


def offices(user_id, day) -> QuerySet:
    """A role is held as long as its term runs, and not a day longer. The kind is that of the body."""
    return (
        Appointment.objects.in_force(on=day)
        .filter(user_id=user_id)
        .order_by()
        .values_list("body__kind", "body_id", "office")
    )
