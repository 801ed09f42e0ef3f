"""The time zones to choose from: one name a place, as the tz database files them."""

from zoneinfo import available_timezones

_REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
ZONES = [
    *((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone.split("/")[0] in _REGIONS),
    ("UTC", "UTC"),
]
