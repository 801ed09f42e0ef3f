"""The expert pool: who is in it, what each is good at, and what each has worked on."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.bilingual import in_language
from ecluster.records import Record
from members.models.organisations import Organisation
from members.models.taxonomy import Term
from members.querysets.experts import EngagementQuerySet, ExpertQuerySet
from members.statuses import EXPERT, ExpertStatus


class Field(models.TextChoices):
    """The fields of accomplishment (the paper's Table 2)."""

    MANAGEMENT = "management", _("general management")
    RND = "rnd", _("R&D")
    EDUCATION = "education", _("education")
    MARKETING = "marketing", _("marketing")


class Availability(models.TextChoices):
    OPEN = "open", _("open for new work")
    LIMITED = "limited", _("for short questions only")
    AWAY = "away", _("away")


class Expert(Record):
    STATUS_TABLE = EXPERT

    user = models.OneToOneField(User, models.PROTECT, related_name="expert", verbose_name=_("person"))
    status = models.CharField(_("status"), max_length=20, choices=ExpertStatus, default=ExpertStatus.APPLIED)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    headline_ko = models.CharField(_("in one line, in Korean"), max_length=200, blank=True)
    headline_en = models.CharField(_("in one line, in English"), max_length=200, blank=True)
    biography_ko = models.TextField(_("what you have done, in Korean"), blank=True)
    biography_en = models.TextField(_("what you have done, in English"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("member organisation"),
    )
    employer = models.CharField(
        _("employer"), max_length=200, blank=True, help_text=_("Where it is not a member organisation.")
    )
    position = models.CharField(_("position"), max_length=100, blank=True)
    is_public = models.BooleanField(
        _("shown to everyone"), default=False, help_text=_("Otherwise only members see you.")
    )
    in_management = models.BooleanField(Field.MANAGEMENT.label, default=False)
    in_rnd = models.BooleanField(Field.RND.label, default=False)
    in_education = models.BooleanField(Field.EDUCATION.label, default=False)
    in_marketing = models.BooleanField(Field.MARKETING.label, default=False)
    specialities = models.ManyToManyField(
        Term,
        blank=True,
        related_name="experts",
        limit_choices_to=~Q(kind=Term.Kind.REGION),
        verbose_name=_("specialities"),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)  # ISO 639-1 codes
    availability = models.CharField(_("availability"), max_length=10, choices=Availability, default=Availability.OPEN)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    limit = models.PositiveSmallIntegerField(
        _("at most so many at once"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    confirmed_on = models.DateField(_("confirmed on"), default=timezone.localdate, editable=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ExpertStatus.values), name="expert_status_is_valid"),
            models.CheckConstraint(
                condition=Q(availability__in=Availability.values), name="expert_availability_is_valid"
            ),
            models.CheckConstraint(condition=Q(limit__gte=1), name="expert_limit_is_positive"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def fields(self) -> list[Field]:
        return [field for field in Field if getattr(self, f"in_{field.value}")]

    @property
    def headline(self) -> str:
        return in_language(self, "headline")

    @property
    def biography(self) -> str:
        return in_language(self, "biography")

    @property
    def workplace(self) -> str:
        return str(self.organisation) if self.organisation else self.employer

    @property
    def trail_label(self) -> str:
        return f"expert {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("members:expert-detail", args=[self.pk])


class Engagement(Record):
    """A piece of work an expert did or does for the cluster: their load while open, their past work once closed.

    What brings the work (a case, a review) opens and closes it, and knows the way back; nothing here points there.
    """

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="engagements")
    title_ko = models.CharField(_("what it was, in Korean"), max_length=200, blank=True)
    title_en = models.CharField(_("what it was, in English"), max_length=200, blank=True)
    field = models.CharField(_("field"), max_length=20, choices=Field)
    started_on = models.DateField(_("from"), default=timezone.localdate)
    ended_on = models.DateField(_("to"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("rating by the firm"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_ko="", title_en=""), name="engagement_has_a_title"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="engagement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)), name="engagement_rating_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(ended_on__isnull=False), name="engagement_is_rated_when_ended"
            ),
        ]

    @property
    def title(self) -> str:
        return in_language(self, "title")

    def __str__(self) -> str:
        return self.title
