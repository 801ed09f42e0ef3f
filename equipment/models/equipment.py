"""A machine or instrument that its owner shares: what it is and can do, where it stands, who may use it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import Audience, User, validate_time_zone
from ecluster.bilingual import BilingualName, in_language
from ecluster.records import Record
from equipment.querysets.equipment import EquipmentQuerySet, PartQuerySet
from equipment.statuses import EQUIPMENT, EquipmentStatus
from members.models import Organisation, Term


class Access(models.TextChoices):
    """Who may use it, the narrowest first."""

    OWNER = "owner", _("the owner's people")
    MINI_CLUSTER = "mini_cluster", _("the owner's mini-clusters")
    MEMBERS = "members", _("all members")
    ANYONE = "anyone", _("anyone with an account")


class Operation(models.TextChoices):
    SELF = "self", _("you operate it")
    OPERATOR = "operator", _("operated for you")
    EITHER = "either", _("as you choose")


class UserClass(models.TextChoices):
    """What a user is to the owner; rates differ by it."""

    OWNER = "owner", _("the owner's people")
    MINI_CLUSTER = "mini_cluster", _("same mini-cluster")
    MEMBER = "member", _("other members")
    OUTSIDER = "outsider", _("everybody else")


class Equipment(BilingualName, Record):
    STATUS_TABLE = EQUIPMENT

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="equipment", verbose_name=_("owner"))
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    maker = models.CharField(_("maker"), max_length=120, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    serial_number = models.CharField(_("serial number"), max_length=80, blank=True)
    external_id = models.CharField(_("number in the owner's list"), max_length=100, blank=True)
    category = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.EQUIPMENT},
        verbose_name=_("category"),
    )
    purpose_ko = models.TextField(_("what it measures or makes, in Korean"), blank=True)
    purpose_en = models.TextField(_("what it measures or makes, in English"), blank=True)
    limits = models.TextField(
        _("sample or workpiece limits"), blank=True, help_text=_("Size, weight, material, preparation.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Building and room."))
    region = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.REGION},
        verbose_name=_("region"),
    )
    time_zone = models.CharField(
        _("its time zone"), max_length=60, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    contact_audience = models.CharField(
        _("who sees the contact"), max_length=10, choices=Audience, default=Audience.MEMBERS
    )
    # They approve bookings, log use and report outages, besides the owner's managers.
    keepers = models.ManyToManyField(User, blank=True, related_name="kept_equipment", verbose_name=_("keepers"))
    made_year = models.PositiveSmallIntegerField(
        _("made in"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    calibrated_on = models.DateField(_("last calibrated on"), null=True, blank=True)
    calibration_due_on = models.DateField(_("calibration due on"), null=True, blank=True)
    told_of = models.DateField(null=True, blank=True, editable=False)  # the due date that its keepers were told of
    status = models.CharField(_("status"), max_length=20, choices=EquipmentStatus, default=EquipmentStatus.WORKING)
    access = models.CharField(_("who may use it"), max_length=20, choices=Access, default=Access.MEMBERS)
    operation = models.CharField(_("operation"), max_length=20, choices=Operation, default=Operation.SELF)
    training = models.TextField(
        _("training needed"), blank=True, help_text=_("What somebody has to learn before using it; blank: nothing.")
    )
    training_months = models.PositiveSmallIntegerField(
        _("training is valid for (months)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    # The name that lists are sorted by, for readers of either language: a blank one falls back to the other.
    sort_ko = models.GeneratedField(
        expression=Lower(Coalesce(NullIf("name_ko", Value("")), "name_en")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )
    sort_en = models.GeneratedField(
        expression=Lower(Coalesce(NullIf("name_en", Value("")), "name_ko")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    attachments = GenericRelation("files.StoredFile", "target_id", "target_type")  # slots: picture, document

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["sort_ko", "pk"]
        indexes = [
            models.Index(fields=["sort_ko", "id"], name="equipment_by_name_ko"),
            models.Index(fields=["sort_en", "id"], name="equipment_by_name_en"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name_ko="", name_en=""), name="equipment_has_a_name"),
            models.CheckConstraint(condition=Q(status__in=EquipmentStatus.values), name="equipment_status_is_valid"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="equipment_access_is_valid"),
            models.CheckConstraint(condition=Q(operation__in=Operation.values), name="equipment_operation_is_valid"),
            models.CheckConstraint(
                condition=Q(calibration_due_on=None)
                | Q(calibrated_on=None)
                | Q(calibration_due_on__gte=F("calibrated_on")),
                name="equipment_calibration_is_due_after_it_was_made",
            ),
            models.UniqueConstraint(
                fields=["owner", "external_id"],
                condition=~Q(external_id=""),
                name="equipment_external_id_is_unique_with_its_owner",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("equipment:equipment-detail", args=[self.pk])

    @property
    def purpose(self) -> str:
        return in_language(self, "purpose")

    @property
    def is_calibration_overdue(self) -> bool:
        return self.calibration_due_on is not None and self.calibration_due_on < timezone.localdate()


class Part(Record):
    """Something of a machine's description, seen by who sees the machine."""

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class Range(Part):
    """One quantity it measures or makes: from where to where, and how exactly."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="ranges")
    quantity = models.CharField(
        _("quantity"), max_length=100, help_text=_("For example length, hardness, spindle speed.")
    )
    minimum = models.DecimalField(_("from"), max_digits=16, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("to"), max_digits=16, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    accuracy = models.CharField(_("accuracy"), max_length=60, blank=True, help_text=_("For example ±2 µm."))

    class Meta:
        verbose_name = _("range")
        verbose_name_plural = _("ranges")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")),
                name="range_ends_after_it_begins",
            ),
        ]

    @property
    def span(self) -> str:
        """“0–500 mm”, “≤ 500 mm”, “≥ 5 mm”; blank where no number is given."""
        low, high = (None if end is None else f"{end.normalize():f}" for end in (self.minimum, self.maximum))
        if low is not None and high is not None:
            return f"{low}–{high} {self.unit}".strip()
        if low is None and high is None:
            return self.unit
        return f"≤ {high} {self.unit}".strip() if low is None else f"≥ {low} {self.unit}".strip()


class Rate(Part):
    """What an hour costs (KRW), by what the user is to the owner. No row: use is free for that class."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="rates")
    user_class = models.CharField(_("for"), max_length=20, choices=UserClass)
    krw_per_hour = models.PositiveIntegerField(_("KRW an hour"))

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["equipment", "user_class"], name="rate_is_set_once_a_class"),
            models.CheckConstraint(condition=Q(user_class__in=UserClass.values), name="rate_user_class_is_valid"),
        ]


class Training(Record):
    """Somebody has learnt to use a machine; what is self-operated is booked only by them, until it expires."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="trainings")
    person = models.ForeignKey(User, models.CASCADE, related_name="equipment_trainings")
    passed_on = models.DateField(_("passed on"), default=timezone.localdate)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    told_of = models.DateField(null=True, blank=True, editable=False)  # the end that the person was told of beforehand

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-passed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["equipment", "person"], name="training_is_kept_once_a_person"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("passed_on")), name="training_expires_after_it_began"
            ),
        ]
