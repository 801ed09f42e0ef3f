"""Mini-clusters: groups of stakeholders of one field, and the goals their operation committees set."""

from django.db import models
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
    goal = models.TextField(_("goal"))
    strategy = models.TextField(_("strategy"))
    grounds = models.TextField(
        _("drawn from"), blank=True, help_text=_("The events, cases and figures that it was drawn from.")
    )
    set_on = models.DateField(_("set on"), default=timezone.localdate)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["-set_on", "-pk"]

    def __str__(self) -> str:
        return self.goal[:80]
