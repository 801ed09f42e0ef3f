"""What an organisation can do: processes, materials, certificates, technologies, products, machines, trade, needs."""

from decimal import Decimal

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecluster.bilingual import BilingualName, in_language
from ecluster.records import Record
from members.models.organisations import Organisation
from members.models.taxonomy import Term
from members.querysets.capabilities import CapabilityQuerySet, MembersSideQuerySet


def _plain(number: Decimal | None) -> str:
    """Without the zeros that a column keeps: 5 rather than 5.00."""
    return "" if number is None else f"{Decimal(number).normalize():f}"


class Capability(Record):
    """Something of an organisation's profile, seen by who sees the organisation."""

    objects = CapabilityQuerySet.as_manager()

    class Meta:
        abstract = True


class MembersSideCapability(Record):
    """Something of a profile that only members see: it tells a competitor abroad more than a customer needs."""

    objects = MembersSideQuerySet.as_manager()

    class Meta:
        abstract = True


class OrganisationProcess(Capability):
    """A process it masters, with the sizes (mm) and the tolerance (µm) it holds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="processes")
    process = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.PROCESS},
        verbose_name=_("process"),
    )
    is_core = models.BooleanField(
        _("core process"),
        default=False,
        help_text=_("What it is known for, told from what it can do besides."),
    )
    size_from_mm = models.DecimalField(_("size from (mm)"), max_digits=9, decimal_places=2, null=True, blank=True)
    size_to_mm = models.DecimalField(_("size to (mm)"), max_digits=9, decimal_places=2, null=True, blank=True)
    tolerance_um = models.DecimalField(_("tolerance (µm)"), max_digits=9, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["-is_core", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "process"], name="organisation_process_is_named_once"),
            models.CheckConstraint(
                condition=Q(size_from_mm=None) | Q(size_from_mm__gte=0), name="process_size_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(size_from_mm=None) | Q(size_to_mm=None) | Q(size_to_mm__gte=F("size_from_mm")),
                name="process_size_to_is_not_under_from",
            ),
            models.CheckConstraint(
                condition=Q(tolerance_um=None) | Q(tolerance_um__gt=0), name="process_tolerance_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.process)

    @property
    def size_range(self) -> str:
        """“10–500 mm”, or the one bound that is known."""
        low, high = _plain(self.size_from_mm), _plain(self.size_to_mm)
        if low and high:
            return f"{low}–{high} mm"
        if high:
            return _now("up to %(size)s mm") % {"size": high}
        return _now("from %(size)s mm") % {"size": low} if low else ""

    @property
    def tolerance(self) -> str:
        return f"±{_plain(self.tolerance_um)} µm" if self.tolerance_um else ""


class OrganisationMaterial(Capability):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="materials")
    material = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.MATERIAL},
        verbose_name=_("material"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "material"], name="organisation_material_is_named_once")
        ]

    def __str__(self) -> str:
        return str(self.material)


class OrganisationCertificate(Capability):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="certificates")
    certificate = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.CERTIFICATE},
        verbose_name=_("certificate"),
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "certificate"], name="organisation_certificate_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.certificate)

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class OrganisationTechnology(Capability):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="technologies")
    technology = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.TECHNOLOGY},
        verbose_name=_("technology"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("technology")
        verbose_name_plural = _("technologies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "technology"], name="organisation_technology_is_named_once")
        ]

    def __str__(self) -> str:
        return str(self.technology)


class Product(BilingualName, Capability):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="products")
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    description_ko = models.TextField(_("description in Korean"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    pictures = GenericRelation("files.StoredFile", "target_id", "target_type")

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name_ko="", name_en=""), name="product_has_a_name")]

    @property
    def description(self) -> str:
        return in_language(self, "description")


class Machine(MembersSideCapability):
    """A machine of its own shop; what it lets others use is the equipment directory's."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="machines")
    name = models.CharField(_("machine"), max_length=200)
    maker = models.CharField(_("maker"), max_length=100, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("machine")
        verbose_name_plural = _("machines")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="machine_quantity_is_positive")]

    def __str__(self) -> str:
        return self.name


class TradeLink(MembersSideCapability):
    """A customer or a supplier, by name and, where it is a member, by its profile."""

    class Direction(models.TextChoices):
        CUSTOMER = "customer", _("customer")
        SUPPLIER = "supplier", _("supplier")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="trade_links")
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    partner_name = models.CharField(_("name"), max_length=200)
    partner = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    goods = models.CharField(_("what is supplied"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("customer or supplier")
        verbose_name_plural = _("customers and suppliers")
        ordering = ["direction", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=["customer", "supplier"]), name="trade_direction_is_valid")
        ]

    def __str__(self) -> str:
        return self.partner_name


class Need(MembersSideCapability):
    """What it looks for."""

    class Kind(models.TextChoices):
        PARTNER = "partner", _("development partner")
        SUPPLIER = "supplier", _("supplier")
        CUSTOMER = "customer", _("customer")
        TECHNOLOGY = "technology", _("technology")
        PEOPLE = "people", pgettext_lazy("need", "people")
        FUNDING = "funding", _("funding")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="needs")
    kind = models.CharField(_("looks for"), max_length=20, choices=Kind)
    text = models.CharField(_("in its own words"), max_length=500)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
