"""The reference tables that profiles are described with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecluster.bilingual import BilingualName
from ecluster.records import Record
from members.querysets.taxonomy import IndustryQuerySet, TermQuerySet


class Term(BilingualName, Record):
    """A word of the agency's vocabulary: a process, material, certificate, technology, region or category."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("process")
        MATERIAL = "material", _("material")
        CERTIFICATE = "certificate", _("certificate")
        TECHNOLOGY = "technology", _("technology")
        REGION = "region", _("region")
        EQUIPMENT = "equipment", _("equipment category")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.SlugField(_("short name"), max_length=60)
    name_ko = models.CharField(_("name in Korean"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    synonyms = models.CharField(
        _("other words for it"),
        max_length=300,
        blank=True,
        help_text=_("Separated by commas; search and imports know them."),
    )
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["kind", "name_en"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="term_slug_is_unique_in_its_kind")]


class Industry(BilingualName, Record):
    """A class of a standard industrial classification: KSIC rev. 10 (Korean names) or NACE rev. 2.1 (English names)."""

    class Scheme(models.TextChoices):
        KSIC = "ksic", "KSIC 10"
        NACE = "nace", "NACE 2.1"

    scheme = models.CharField(_("classification"), max_length=10, choices=Scheme)
    code = models.CharField(_("code"), max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField()  # 1: section
    name_ko = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=300, blank=True)

    objects = IndustryQuerySet.as_manager()

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="industry_code_is_unique_in_its_scheme"),
            models.CheckConstraint(condition=~Q(name_ko="", name_en=""), name="industry_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
