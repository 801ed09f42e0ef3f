"""An organisation's place in a mini-cluster, and the days on which it counted."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.records import Record
from members.models.applications import Application
from members.models.mini_clusters import MiniCluster
from members.models.organisations import Organisation, OrganisationClass
from members.querysets.memberships import MembershipChangeQuerySet, MembershipPeriodQuerySet, MembershipQuerySet
from members.statuses import MEMBERSHIP, MembershipStatus


class ClusterRole(models.TextChoices):
    """The role a membership plays in the cluster (the Changwon paper's conclusion)."""

    SYSTEM_ORGANISER = "system_organiser", _("system organiser")
    SME = "sme", _("SME")
    VISION_PROVIDER = "vision_provider", _("vision provider")


class Membership(Record):
    STATUS_TABLE = MEMBERSHIP

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    mini_cluster = models.ForeignKey(
        MiniCluster, models.PROTECT, related_name="memberships", verbose_name=_("mini-cluster")
    )
    role = models.CharField(_("role in the cluster"), max_length=20, choices=ClusterRole, default=ClusterRole.SME)
    status = models.CharField(_("status"), max_length=20, choices=MembershipStatus, default=MembershipStatus.APPLIED)
    motive = models.TextField(_("why it wants to join"), blank=True)
    # The form it came by; none where it was applied for in one click, imported or loaded.
    application = models.ForeignKey(
        Application, models.SET_NULL, null=True, blank=True, editable=False, related_name="memberships"
    )
    applied_on = models.DateField(_("applied on"), default=timezone.localdate)
    status_since = models.DateField(_("since"), default=timezone.localdate)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-applied_on", "-pk"]
        # The coordinators' list of each status, and of all, who waits longest first.
        indexes = [
            models.Index(fields=["status", "mini_cluster", "applied_on", "id"], name="membership_in_its_cluster"),
            models.Index(fields=["status", "applied_on", "id"], name="membership_by_status"),
            models.Index(fields=["applied_on", "id"], name="membership_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MembershipStatus.values), name="membership_status_is_valid"),
            models.CheckConstraint(condition=Q(role__in=ClusterRole.values), name="membership_role_is_valid"),
            # Declined and left ones are history: it may apply again.
            models.UniqueConstraint(
                fields=["organisation", "mini_cluster"],
                condition=Q(status__in=["applied", "active", "suspended"]),
                name="membership_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.mini_cluster}"

    def get_absolute_url(self) -> str:
        return reverse("members:membership-detail", args=[self.pk])


class MembershipPeriod(Record):
    """From the first to the last day (both included) that a membership counted, and as which class it counted.

    Table 1 of any day is drawn from these rows alone. What is renamed, reclassified or merged later starts a new
    period at most, so a past day's figures stay as they were.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="periods")
    mini_cluster = models.ForeignKey(MiniCluster, models.PROTECT, related_name="periods")
    org_class = models.CharField(max_length=20, choices=OrganisationClass)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period of membership")
        verbose_name_plural = _("periods of membership")
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(fields=["starts_on", "ends_on"]),
            models.Index(fields=["ends_on"]),
            models.Index(fields=["mini_cluster", "-starts_on", "-id"], name="period_newest_of_mini_cluster"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="period_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(org_class__in=OrganisationClass.values), name="period_class_is_valid"),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ends_on=None), name="period_open_is_one_a_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.starts_on} - {self.ends_on or ''}"


class MembershipChange(models.Model):
    """By how many the memberships that count as a class in a mini-cluster grew in a month, or shrank.

    Kept with the periods, so that Table 1 needn't count them all. Each change is a row of its own, for which nobody has
    to wait; at night those of one place and month become one.
    """

    mini_cluster = models.ForeignKey(MiniCluster, models.CASCADE, related_name="+", db_index=False)
    org_class = models.CharField(max_length=20, choices=OrganisationClass)
    month = models.DateField()  # its first day
    change = models.IntegerField()

    objects = MembershipChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mini_cluster", "month"], name="membership_change_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(org_class__in=OrganisationClass.values), name="membership_change_class_is_valid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mini_cluster_id}, {self.org_class}, {self.month:%Y-%m}: {self.change:+}"
