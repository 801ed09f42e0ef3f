from equipment.models.bookings import Booking, CalendarFeed, Outage, Series, WaitingEntry
from equipment.models.equipment import Access, Equipment, Operation, Range, Rate, Training, UserClass
from equipment.models.policy import BookingPolicy, OpeningHours

__all__ = [
    "Access",
    "Booking",
    "BookingPolicy",
    "CalendarFeed",
    "Equipment",
    "OpeningHours",
    "Operation",
    "Outage",
    "Range",
    "Rate",
    "Series",
    "Training",
    "UserClass",
    "WaitingEntry",
]
