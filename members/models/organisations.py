"""Organisations: who they are and how to reach them. What they can do is in `capabilities`."""

from datetime import timedelta

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import Audience
from ecluster.bilingual import BilingualName, in_language
from ecluster.records import Record
from members.models.taxonomy import Industry, Term
from members.querysets.organisations import OrganisationQuerySet


class OrganisationClass(models.TextChoices):
    """The four classes of member (Table 1 of the Changwon paper)."""

    COMPANY = "company", _("company")
    RND_CENTRE = "rnd_centre", _("R&D centre")
    UNIVERSITY = "university", _("university")
    SUPPORT_AGENCY = "support_agency", _("support agency")


class Size(models.TextChoices):
    """By persons employed, after the bounds of the OECD: under 10, 50, 250."""

    MICRO = "micro", _("micro (1-9)")
    SMALL = "small", _("small (10-49)")
    MEDIUM = "medium", _("medium (50-249)")
    LARGE = "large", _("large (250 and more)")

    @classmethod
    def of(cls, employees: int | None) -> "str":
        if not employees:
            return ""
        return next(
            (size for bound, size in ((10, cls.MICRO), (50, cls.SMALL), (250, cls.MEDIUM)) if employees < bound),
            cls.LARGE,
        )


class Organisation(BilingualName, Record):
    FRESH_FOR = timedelta(days=365)

    org_class = models.CharField(_("class"), max_length=20, choices=OrganisationClass)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    registration_number = models.CharField(
        _("business registration number"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^\d{10}$", _("Ten digits, for example 123-45-67890."))],
    )
    external_id = models.CharField(
        _("identifier in an outside list"),
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text=_("For example its ROR address."),
    )
    summary_ko = models.TextField(_("what it makes or does, in Korean"), blank=True)
    summary_en = models.TextField(_("what it makes or does, in English"), blank=True)
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1300), MaxValueValidator(2100)]
    )
    employees = models.PositiveIntegerField(_("persons employed"), null=True, blank=True)
    region = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.REGION},
        verbose_name=_("region"),
    )
    address_ko = models.CharField(_("address in Korean"), max_length=300, blank=True)
    address_en = models.CharField(_("address in English"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    contact_audience = models.CharField(
        _("who sees the contact"), max_length=10, choices=Audience, default=Audience.MEMBERS
    )
    industries = models.ManyToManyField(
        Industry, blank=True, related_name="organisations", verbose_name=_("industries")
    )

    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    completeness = models.PositiveSmallIntegerField(_("completeness"), default=0, editable=False)  # per cent
    # Kept by the membership actions: in the directory as long as a membership is active.
    is_listed = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
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

    pictures = GenericRelation("files.StoredFile", "target_id", "target_type")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_ko", "pk"]
        indexes = [
            models.Index(fields=["is_listed", "sort_ko", "id"], name="organisation_by_name_ko"),
            models.Index(fields=["is_listed", "sort_en", "id"], name="organisation_by_name_en"),
            models.Index(fields=["is_listed", "-confirmed_on", "id"], name="organisation_by_freshness"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name_ko="", name_en=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=Q(org_class__in=OrganisationClass.values), name="organisation_class_is_valid"
            ),
            models.CheckConstraint(condition=Q(completeness__lte=100), name="organisation_completeness_is_per_cent"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="organisation_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_listed=False), name="organisation_merged_is_not_listed"
            ),
        ]

    @property
    def summary(self) -> str:
        return in_language(self, "summary")

    @property
    def address(self) -> str:
        return in_language(self, "address")

    @property
    def size(self) -> str:
        return Size.of(self.employees)

    def get_size_display(self) -> str:
        return str(Size(self.size).label) if self.size else ""

    @property
    def is_fresh(self) -> bool:
        return self.confirmed_on is not None and self.confirmed_on >= timezone.localdate() - self.FRESH_FOR

    def get_absolute_url(self) -> str:
        return reverse("members:organisation-detail", args=[self.pk])
