"""A time as the days of one zone see it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

END_OF_DAY = time(0)
Piece = tuple[int, time, time]  # weekday, from, to; midnight as an end is the end of the day


def day_pieces(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> list[Piece]:
    """The time cut at the midnights of `zone`: what each day's opening hours are asked about, each piece once."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    pieces = []
    while start.date() < end.date():
        pieces.append((start.weekday(), start.time(), END_OF_DAY))
        start = datetime.combine(start.date() + timedelta(days=1), time(), zone)
    if start < end:
        pieces.append((start.weekday(), start.time(), end.time()))
    return list(dict.fromkeys(pieces))
