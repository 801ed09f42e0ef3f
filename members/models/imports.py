"""Spreadsheets that were uploaded to be loaded, and what each of their rows would do."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.records import Record
from members.importing.statuses import IMPORT, ImportStatus
from members.querysets.imports import ImportQuerySet, ImportRowQuerySet


def kind_choices() -> list[tuple[str, str | Promise]]:
    """What settings name: the kinds stand on these models, and some of them in apps above."""
    from members.importing.kinds import kinds

    return [(kind.key, kind.label) for kind in kinds().values()]


class Import(Record):
    STATUS_TABLE = IMPORT

    kind = models.CharField(_("what it lists"), max_length=20, choices=kind_choices)
    status = models.CharField(_("status"), max_length=20, choices=ImportStatus, default=ImportStatus.UPLOADED)
    name = models.CharField(_("file"), max_length=200)
    handled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    language = models.CharField(max_length=5)  # in which the rows are told
    # As members.importing.mapping has them: the sheet's headings with samples, and which column each one is.
    headings = models.JSONField(default=list)
    headings_key = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField(default=dict)
    total = models.PositiveIntegerField(_("rows"), default=0)
    wrong = models.PositiveIntegerField(_("wrong"), default=0)
    added = models.PositiveIntegerField(_("to add"), default=0)
    changed = models.PositiveIntegerField(_("to change"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    plan_digest = models.CharField(max_length=64, blank=True)
    leaves_out_wrong = models.BooleanField(default=False)
    failure = models.TextField(blank=True)  # why it was not loaded, in words
    task_id = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(_("loaded"), null=True, blank=True)

    files = GenericRelation("files.StoredFile", "target_id", "target_type")

    objects = ImportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status_is_valid"),
            models.CheckConstraint(
                condition=Q(status=ImportStatus.LOADED, loaded_at__isnull=False)
                | (~Q(status=ImportStatus.LOADED) & Q(loaded_at=None)),
                name="import_loaded_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:import-detail", args=[self.pk])

    @property
    def loadable(self) -> int:
        return self.added + self.changed

    @property
    def is_under_way(self) -> bool:
        return self.status in (ImportStatus.MAPPED, ImportStatus.LOADING)


class ImportRow(models.Model):
    """One row of a preview. Kept with the import, gone with its file."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))  # as the spreadsheet shows it
    outcome = models.CharField(max_length=10)  # members.importing.rows.Outcome
    label = models.CharField(max_length=300, blank=True)
    target_id = models.PositiveBigIntegerField(null=True)
    changes = models.JSONField(default=list)  # [column, what is there, what will be]
    problems = models.JSONField(default=list)  # [column, reason]
    remark = models.CharField(max_length=300, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "number"]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_is_told_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"
