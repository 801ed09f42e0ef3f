"""People who sign in, the bodies of the agency, and who holds which office in them from when to when."""

from functools import cached_property
from typing import ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.permissions import Permission, Role
from ecluster.accounts.querysets import AppointmentQuerySet, BodyQuerySet, UserQuerySet
from ecluster.accounts.standing import Ground, standing_of
from ecluster.bilingual import BilingualName
from ecluster.records import Record


class Audience(models.TextChoices):
    """Who may see a contact field."""

    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members")
    PRIVATE = "private", _("only me and the agency")


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of this name."))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A person without a password can set one by mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(BilingualName, AbstractBaseUser, Record):
    email = models.EmailField(_("e-mail address"), unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=100, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email_audience = models.CharField(
        _("who sees the e-mail address"), max_length=10, choices=Audience, default=Audience.MEMBERS
    )
    phone_audience = models.CharField(
        _("who sees the telephone number"), max_length=10, choices=Audience, default=Audience.PRIVATE
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="ko")
    time_zone = models.CharField(
        _("time zone"), max_length=60, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | Q(is_active=False), name="user_closed_is_not_active"),
        ]

    @property
    def name(self) -> str:
        return super().name or (str(_("Closed account")) if self.closed_at else self.email.split("@")[0])

    @property
    def is_staff(self) -> bool:
        """Django's admin lets in whoever keeps the reference tables or reads the audit trail."""
        return self.is_active and Role.ADMINISTRATOR in self.roles

    def has_perm(self, perm: str, obj=None) -> bool:
        """Asked by Django's admin alone, whose model pages say themselves what is read-only there."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    @cached_property
    def standing(self) -> tuple[Ground, ...]:
        """Kept for one request only: the next one asks the calendar anew."""
        return standing_of(self)

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset().union(*(ground.roles for ground in self.standing))

    def forget_standing(self) -> None:
        """For what changes it: the person is asked about anew."""
        self.__dict__.pop("standing", None)
        self.__dict__.pop("roles", None)

    @property
    def role_names(self) -> list[str]:
        """In the order of the role table."""
        return [str(role.label) for role in Role if role in self.roles]

    def may(self, permission: Permission, obj=None) -> bool:
        from ecluster.accounts.access import can

        return can(self, permission, obj)


class Body(BilingualName, Record):
    """A body of the agency: a staff team, a committee, the advisory board."""

    class Kind(models.TextChoices):
        AGENCY_TEAM = "agency_team", _("agency team")
        MINI_CLUSTER_TEAM = "mini_cluster_team", _("mini-cluster team")
        EVALUATION_COMMITTEE = "evaluation_committee", _("evaluation committee")
        OPERATION_COMMITTEE = "operation_committee", _("operation committee")
        ADVISORY_BOARD = "advisory_board", _("advisory board")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    name_ko = models.CharField(_("name in Korean"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    remit = models.TextField(_("remit"), blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["kind", "name_en"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "agency_team",
                        "mini_cluster_team",
                        "evaluation_committee",
                        "operation_committee",
                        "advisory_board",
                    ]
                ),
                name="body_kind_is_valid",
            ),
            models.UniqueConstraint(fields=["name_en"], name="body_name_en_is_unique"),
            models.UniqueConstraint(fields=["name_ko"], name="body_name_ko_is_unique"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("accounts:body-detail", args=[self.pk])


class Appointment(Record):
    """A person holds an office in a body from one day to another; both days are within the term."""

    Office = Role  # an office gives the role of its name

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="appointments", verbose_name=_("body"))
    office = models.CharField(_("office"), max_length=30, choices=Role)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day; blank: no end is set."))

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["body", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(office__in=["member", "organisation_manager", "expert"]),
                name="appointment_office_is_an_office",
            ),
            models.UniqueConstraint(fields=["user", "body", "office", "starts_on"], name="appointment_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_office_display()}, {self.body}"
