"""How one machine may be booked. Every part is optional: what is blank, is not limited."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from equipment.models.equipment import Equipment, Part

DAY = 24 * 60  # minutes


class BookingPolicy(Part):
    """Lengths are minutes. Buffers are added to each booking and keep others away like the booking itself."""

    equipment = models.OneToOneField(Equipment, models.CASCADE, related_name="policy")
    needs_approval = models.BooleanField(_("bookings need approval"), default=False)
    horizon_days = models.PositiveSmallIntegerField(
        _("bookable at most this many days ahead"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    shortest = models.PositiveIntegerField(
        _("shortest booking (minutes)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    longest = models.PositiveIntegerField(
        _("longest booking (minutes)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    start_interval = models.PositiveSmallIntegerField(
        _("bookings begin every (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(DAY)],
        help_text=_("30: on the hour and at half past, counted from midnight where it stands."),
    )
    buffer_before = models.PositiveSmallIntegerField(
        _("to prepare it (minutes)"), default=0, validators=[MaxValueValidator(DAY)]
    )
    buffer_after = models.PositiveSmallIntegerField(
        _("to clean it up (minutes)"), default=0, validators=[MaxValueValidator(DAY)]
    )
    weekly_limit = models.PositiveIntegerField(
        _("at most this much a person a week (minutes)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    ahead_limit = models.PositiveSmallIntegerField(
        _("at most this many bookings ahead a person"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    gap = models.PositiveIntegerField(
        _("between two bookings of a person (minutes)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("free to cancel until (hours before)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    late_percent = models.PositiveSmallIntegerField(
        _("owed when cancelled later, or missed (per cent)"), default=0, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("booking policy")
        verbose_name_plural = _("booking policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(shortest=None) | Q(longest=None) | Q(longest__gte=F("shortest")),
                name="policy_longest_is_no_shorter_than_shortest",
            ),
            models.CheckConstraint(condition=Q(late_percent__lte=100), name="policy_late_percent_is_one"),
        ]


class OpeningHours(Part):
    """On this weekday it can be used between these times, where it stands. No row at all: always."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(
        _("weekday"),
        choices=[
            (0, _("Monday")),
            (1, _("Tuesday")),
            (2, _("Wednesday")),
            (3, _("Thursday")),
            (4, _("Friday")),
            (5, _("Saturday")),
            (6, _("Sunday")),
        ],
    )
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday_is_one"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"), name="opening_hours_close_after_they_open"
            ),
        ]
