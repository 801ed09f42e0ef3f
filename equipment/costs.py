"""What a use costs: whole won, a half rounded up."""

MINUTES, PERCENT = 60, 100


def cost(minutes: int, krw_per_hour: int, percent: int = PERCENT) -> int:
    """`minutes` at `krw_per_hour`, or the `percent` of it that is owed for a time cancelled late or missed."""
    hundredths = minutes * krw_per_hour * percent
    return (2 * hundredths + MINUTES * PERCENT) // (2 * MINUTES * PERCENT)


def owed_for_nothing(booking) -> int:
    """What the policy asks for a time that was kept for somebody who did not use it."""
    policy = getattr(booking.equipment, "policy", None)
    return cost(booking.minutes, booking.krw_per_hour, policy.late_percent) if policy else 0
