"""Who has a machine when; series, waiting list and outages."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User, validate_time_zone
from ecluster.records import Record
from equipment.models.equipment import Equipment, UserClass
from equipment.querysets.bookings import BookingQuerySet, FeedQuerySet, OutageQuerySet, SeriesQuerySet, WaitingQuerySet
from equipment.statuses import BOOKING, WAITING, BookingStatus, WaitingStatus
from members.models import Organisation


class Series(Record):
    """Bookings made together, every so many weeks at the same time of day in `time_zone`, whatever UTC does."""

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="series")
    person = models.ForeignKey(User, models.PROTECT, related_name="booking_series")
    time_zone = models.CharField(max_length=60, validators=[validate_time_zone])
    every_weeks = models.PositiveSmallIntegerField(_("every (weeks)"), default=1)
    until = models.DateField(_("until"))

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of bookings")
        verbose_name_plural = _("series of bookings")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(every_weeks__gte=1), name="series_goes_on")]

    def __str__(self) -> str:
        return f"{self.equipment}, until {self.until}"


class Booking(Record):
    STATUS_TABLE = BOOKING

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="bookings", verbose_name=_("equipment"))
    person = models.ForeignKey(User, models.PROTECT, related_name="bookings", verbose_name=_("booked by"))
    # Whose bill it is; none for somebody who books for themself.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("organisation")
    )
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="bookings")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    # With the buffers of the policy it was made under: what nobody else may touch.
    held_from = models.DateTimeField(editable=False)
    held_until = models.DateTimeField(editable=False)
    status = models.CharField(_("status"), max_length=20, choices=BookingStatus, default=BookingStatus.REQUESTED)
    purpose = models.CharField(_("what for"), max_length=300, blank=True)
    is_operated = models.BooleanField(_("operated for me"), default=False)

    override_reason = models.TextField(_("why the policy was set aside"), blank=True, editable=False)
    decision_note = models.TextField(_("note"), blank=True, editable=False)
    is_late_cancellation = models.BooleanField(default=False, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    # As they were when it was approved: a new rate changes no old bill.
    user_class = models.CharField(max_length=20, choices=UserClass, editable=False)
    krw_per_hour = models.PositiveIntegerField(default=0, editable=False)
    used_minutes = models.PositiveIntegerField(_("used (minutes)"), null=True, blank=True, editable=False)
    cost_krw = models.PositiveBigIntegerField(_("cost (KRW)"), default=0, editable=False)
    remarks = models.TextField(_("remarks"), blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        # That no two of one machine overlap is held by `equipment.exclusion`, in each database's own way.
        indexes = [
            models.Index(fields=["equipment", "held_until"], name="booking_by_machine"),
            models.Index(fields=["person", "starts_at"], name="booking_by_person"),
            models.Index(fields=["status", "starts_at"], name="booking_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=BookingStatus.values), name="booking_status_is_valid"),
            models.CheckConstraint(condition=Q(user_class__in=UserClass.values), name="booking_user_class_is_valid"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(held_from__lte=F("starts_at"), held_until__gte=F("ends_at")),
                name="booking_holds_all_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment}, {self.starts_at:%Y-%m-%d %H:%M} UTC"

    def get_absolute_url(self) -> str:
        return reverse("equipment:booking-detail", args=[self.pk])

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


class WaitingEntry(Record):
    """Somebody would take this time if it came free. While it is offered, it is kept for them."""

    STATUS_TABLE = WAITING

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="waiting")
    person = models.ForeignKey(User, models.PROTECT, related_name="waiting_entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    purpose = models.CharField(_("what for"), max_length=300, blank=True)
    is_operated = models.BooleanField(_("operated for me"), default=False)
    status = models.CharField(max_length=20, choices=WaitingStatus, default=WaitingStatus.WAITING)
    offered_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting-list entry")
        verbose_name_plural = _("waiting list")
        ordering = ["pk"]  # first come, first offered
        indexes = [models.Index(fields=["equipment", "status"], name="waiting_by_machine")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=WaitingStatus.values), name="waiting_status_is_valid"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="waiting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(status=WaitingStatus.OFFERED) | Q(offered_until__isnull=False),
                name="waiting_offer_has_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment}, {self.starts_at:%Y-%m-%d %H:%M} UTC"


class Outage(Record):
    """The machine can't be used. Planned: it has an end. Reported: until it is mended, expected by `expected_until`."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("planned")
        REPORTED = "reported", _("reported")

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="outages")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"), null=True, blank=True)
    expected_until = models.DateTimeField(_("expected to work again from"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Who is told when it is withdrawn.
    cancelled = models.ManyToManyField(Booking, related_name="+", editable=False, verbose_name=_("bookings"))

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["equipment", "ends_at"], name="outage_by_machine")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["planned", "reported"]), name="outage_kind_is_valid"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="outage_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="reported") | Q(ends_at__isnull=False), name="outage_planned_has_an_end"
            ),
        ]


class CalendarFeed(Record):
    """The secret address under which a person's calendar program reads their bookings."""

    person = models.OneToOneField(User, models.CASCADE, related_name="booking_feed")
    token = models.CharField(max_length=64, unique=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
