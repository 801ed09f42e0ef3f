"""The audit trail's words for what is done with machines and bookings, where no status table has them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from equipment.models import BookingPolicy


def words() -> dict[str, str | Promise]:
    return _DONE | _PARTS


_DONE: dict[str, str | Promise] = {
    "break_down": _("Broke down"),
    "create_equipment": _("Equipment entered"),
    "end_outage": _("Outage ended"),
    "grant": _("Booked"),
    "hand_over": _("Handed to a colleague"),
    "lapse": _("Lapsed"),
    "lose": _("Declined: another request was approved"),
    "make_feed": _("Address for calendars made"),
    "make_series": _("Series booked"),
    "move": _("Moved"),
    "offer": _("Offered"),
    "override_policy": _("Policy set aside"),
    "plan_outage": _("Outage planned"),
    "record_training": _("Trained"),
    "renew_feed": _("Address for calendars renewed"),
    "repair": _("Works again"),
    "request": _("Requested"),
    "revoke_training": _("Training no longer counts"),
    "settle": _("Counted as used as booked"),
    "stop_feed": _("Address for calendars taken back"),
    "take": _("Offer taken"),
    "update_equipment": _("Equipment edited"),
    "wait": _("Got on the waiting list"),
    "withdraw": _("Left the waiting list"),
    "withdraw_outage": _("Outage withdrawn"),
}
# What a change names that is no field of its record.
_PARTS: dict[str, str | Promise] = {
    "bookings": _("bookings"),
    "waiting": _("places on waiting lists"),
    "policy": _("rules of the policy"),
    "document": _("document"),
    "opening_hours": _("opening hours"),
    "ranges": _("ranges"),
    "rates": _("rates"),
    "training": _("training"),
    "valid_until": _("valid until"),
    **{f"policy_{field.name}": field.verbose_name for field in BookingPolicy._meta.fields},
}
