"""What an hour of a machine costs a person."""

from django.db.models import BigIntegerField, CharField

from ecluster.prepared import prepared
from equipment.models import Equipment, Rate, UserClass
from equipment.rules import user_class_of


@prepared(equipment_id=BigIntegerField(), user_class=CharField())
def _rates(equipment_id, user_class):
    return Rate.objects.filter(equipment_id=equipment_id, user_class=user_class).values_list("krw_per_hour", flat=True)


def rate_of(equipment: Equipment, user_class: UserClass) -> int:
    """KRW an hour; nothing where the owner named no rate for that class."""
    return next(iter(_rates(equipment_id=equipment.pk, user_class=user_class)), 0)


def price_for(person, equipment: Equipment) -> dict:
    """As a booking keeps it: `user_class` and `krw_per_hour`."""
    user_class = user_class_of(person, equipment)
    return {"user_class": user_class, "krw_per_hour": rate_of(equipment, user_class)}
