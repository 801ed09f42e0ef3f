"""Mini-clusters: groups of stakeholders of one field, and the goals their operation committees set."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import Body, User
from ecluster.bilingual import BilingualName, in_language
from ecluster.records import Record
from members.querysets.mini_clusters import GoalQuerySet, MiniClusterQuerySet


class MiniCluster(BilingualName, Record):
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=100, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100, unique=True)
    summary_ko = models.TextField(_("what it is about, in Korean"), blank=True)
    summary_en = models.TextField(_("what it is about, in English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    founded_on = models.DateField(_("founded on"), default=timezone.localdate)
    team = models.OneToOneField(
        Body, models.PROTECT, null=True, blank=True, related_name="mini_cluster", verbose_name=_("team")
    )
    operation_committee = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="governed_mini_clusters",
        verbose_name=_("operation committee"),
    )

    objects = MiniClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mini-cluster")
        verbose_name_plural = _("mini-clusters")
        ordering = ["position", "pk"]

    @property
    def summary(self) -> str:
        return in_language(self, "summary")

    def get_absolute_url(self) -> str:
        return reverse("members:mini-cluster-detail", args=[self.slug])


class Goal(Record):
    """A goal and strategy as set on one day; the newest is in force, earlier ones are its history."""

    mini_cluster = models.ForeignKey(MiniCluster, models.CASCADE, related_name="goals")
    goal_ko = models.TextField(_("goal in Korean"), blank=True)
    goal_en = models.TextField(_("goal in English"), blank=True)
    strategy_ko = models.TextField(_("strategy in Korean"), blank=True)
    strategy_en = models.TextField(_("strategy in English"), blank=True)
    grounds_ko = models.TextField(_("drawn from, in Korean"), blank=True)
    grounds_en = models.TextField(_("drawn from, in English"), blank=True)
    set_on = models.DateField(_("set on"), default=timezone.localdate)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["-set_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(goal_ko="", goal_en=""), name="goal_is_said"),
            models.CheckConstraint(condition=~Q(strategy_ko="", strategy_en=""), name="goal_has_a_strategy"),
        ]

    def __str__(self) -> str:
        return self.goal[:80]

    def clean(self) -> None:
        errors = {}
        if not (self.goal_ko or self.goal_en):
            errors["goal_ko"] = _("Say the goal, in Korean or in English.")
        if not (self.strategy_ko or self.strategy_en):
            errors["strategy_ko"] = _("Say how it is to be reached, in Korean or in English.")
        if errors:
            raise ValidationError(errors)

    @property
    def goal(self) -> str:
        return in_language(self, "goal")

    @property
    def strategy(self) -> str:
        return in_language(self, "strategy")

    @property
    def grounds(self) -> str:
        return in_language(self, "grounds")
