"""An organisation with all that its profile is made of, read in a few queries whatever hangs on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    DecimalField,
    F,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from ecluster.files.models import StoredFile
from ecluster.prepared import prepared
from members.models import (
    Industry,
    Machine,
    Membership,
    MiniCluster,
    Need,
    Organisation,
    OrganisationCertificate,
    OrganisationMaterial,
    OrganisationProcess,
    OrganisationTechnology,
    Product,
    Term,
    TradeLink,
)
from members.reading import READER, Reader, asked_by

LOGO = "logo"
_LISTS = (
    "processes",
    "materials",
    "certificates",
    "technologies",
    "industries",
    "products",
    "machines",
    "trade_links",
    "needs",
)


@dataclass
class Profile:
    """The rows are instances of their models, complete as far as a page or a measure asks."""

    organisation: Organisation
    processes: list[OrganisationProcess] = field(default_factory=list)
    materials: list[OrganisationMaterial] = field(default_factory=list)
    certificates: list[OrganisationCertificate] = field(default_factory=list)
    technologies: list[OrganisationTechnology] = field(default_factory=list)
    industries: list[Industry] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    trade_links: list[TradeLink] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    logo: StoredFile | None = None

    @property
    def core_processes(self) -> list[OrganisationProcess]:
        return [row for row in self.processes if row.is_core]

    @property
    def other_processes(self) -> list[OrganisationProcess]:
        return [row for row in self.processes if not row.is_core]

    @property
    def customers(self) -> list[TradeLink]:
        return [link for link in self.trade_links if link.direction == TradeLink.Direction.CUSTOMER]

    @property
    def suppliers(self) -> list[TradeLink]:
        return [link for link in self.trade_links if link.direction == TradeLink.Direction.SUPPLIER]


def profile_of(organisation: Organisation) -> Profile:
    """All of an organisation that was read `with_profile()`; no query."""
    profile = Profile(organisation)
    for name in _LISTS:
        setattr(profile, name, list(getattr(organisation, name).all()))
    return profile


def profile_for(organisation: Organisation, viewer) -> Profile:
    """What `viewer` may see of it. Four queries."""
    profile = Profile(organisation)
    _take(profile, _vocabulary_rows(pk=organisation.pk), _from_vocabulary)
    _take(profile, _members_side_rows(pk=organisation.pk, **asked_by(viewer)), _from_members_side)
    profile.processes.sort(key=lambda row: (not row.is_core, row.pk))
    profile.industries.sort(key=lambda industry: (industry.scheme, industry.code))
    profile.products = _products(pk=organisation.pk)
    add_pictures(profile)
    return profile


# --- What is named by the vocabulary: one statement -----------------------------------------------------------

# part, key, name in Korean, name in English, short name, core, size from, size to, tolerance, note, until
_NOTHING = {
    "core": Cast(Value(None), BooleanField()),
    "low": Cast(Value(None), DecimalField(max_digits=9, decimal_places=2)),
    "high": Cast(Value(None), DecimalField(max_digits=9, decimal_places=2)),
    "tolerance": Cast(Value(None), DecimalField(max_digits=9, decimal_places=2)),
    "text": Cast(Value(""), CharField()),
    "until": Cast(Value(None), DateField()),
}


@prepared(pk=BigIntegerField())
def _vocabulary_rows(pk) -> QuerySet:
    own = {"organisation": pk}
    active = Membership.objects.active().filter(**own)
    sizes: dict[str, Any] = {
        "core": F("is_core"),
        "low": F("size_from_mm"),
        "high": F("size_to_mm"),
        "tolerance": F("tolerance_um"),
    }
    return _named("processes", OrganisationProcess.objects.filter(**own), "process__", text=F("note"), **sizes).union(
        _named("materials", OrganisationMaterial.objects.filter(**own), "material__", text=F("note")),
        _named("technologies", OrganisationTechnology.objects.filter(**own), "technology__", text=F("note")),
        _named(
            "certificates",
            OrganisationCertificate.objects.filter(**own),
            "certificate__",
            text=F("number"),
            until=F("valid_until"),
        ),
        _named("memberships", active, "mini_cluster__", text=F("role")),
        _named("industries", Industry.objects.filter(organisations=pk), "", slug="code", text=F("scheme")),
        all=True,
    )


def _named(part: str, rows: QuerySet, path: str, slug: str = "slug", **columns: Any) -> QuerySet:
    """All parts have the same columns; what one hasn't is null."""
    values = _NOTHING | columns
    return (
        rows.order_by()
        .annotate(
            part=Value(part),
            ko=F(f"{path}name_ko"),
            en=F(f"{path}name_en"),
            short=Cast(F(f"{path}{slug}"), CharField()),
            **{f"its_{name}": value for name, value in values.items()},
        )
        .values_list("part", "pk", "ko", "en", "short", *(f"its_{name}" for name in _NOTHING))
    )


def _from_vocabulary(part: str, row: tuple) -> Model:
    pk, name_ko, name_en, slug, is_core, low, high, tolerance, text, until = row
    term = Term(name_ko=name_ko, name_en=name_en, slug=slug)
    match part:
        case "processes":
            sizes = {"size_from_mm": low, "size_to_mm": high, "tolerance_um": tolerance}
            return OrganisationProcess(pk=pk, process=term, is_core=bool(is_core), note=text, **sizes)
        case "materials":
            return OrganisationMaterial(pk=pk, material=term, note=text)
        case "technologies":
            return OrganisationTechnology(pk=pk, technology=term, note=text)
        case "certificates":
            return OrganisationCertificate(pk=pk, certificate=term, number=text, valid_until=until)
        case "memberships":
            mini_cluster = MiniCluster(name_ko=name_ko, name_en=name_en, slug=slug)
            return Membership(pk=pk, mini_cluster=mini_cluster, role=text)
        case _:
            return Industry(pk=pk, name_ko=name_ko, name_en=name_en, code=slug, scheme=text)


# --- The members' side: one statement, none for a visitor -----------------------------------------------------


@prepared(pk=BigIntegerField(), **READER)
def _members_side_rows(pk, **reader) -> QuerySet:
    viewer, own = Reader(**reader), {"organisation": pk}
    public_partner = Case(When(partner__is_listed=True, then=F("partner_id")), default=None)
    machines = _plain("machines", Machine.objects.visible_to(viewer).filter(**own), "name", "maker", "model", "note")
    links = _plain(
        "trade_links", TradeLink.objects.visible_to(viewer).filter(**own), "partner_name", "goods", "direction"
    )
    needs = _plain("needs", Need.objects.visible_to(viewer).filter(**own), "text", "kind")
    return machines(F("quantity"), F("year")).union(links(public_partner), needs(), all=True)


def _plain(part: str, rows: QuerySet, *texts: str):
    """Four texts and two numbers, whatever they are to the part."""

    def with_numbers(*numbers: Any) -> QuerySet:
        columns = {f"text_{i}": Cast(F(texts[i]) if i < len(texts) else Value(""), CharField()) for i in range(4)}
        columns |= {f"number_{i}": _integer(numbers[i] if i < len(numbers) else None) for i in range(2)}
        return rows.order_by().annotate(part=Value(part), **columns).values_list("part", "pk", *columns)

    return with_numbers


def _integer(value: Any):
    return Cast(value, BigIntegerField())


def _from_members_side(part: str, row: tuple) -> Model:
    pk, first, second, third, fourth, number, year = row
    match part:
        case "machines":
            return Machine(pk=pk, name=first, maker=second, model=third, note=fourth, quantity=number, year=year)
        case "trade_links":
            return TradeLink(pk=pk, partner_name=first, goods=second, direction=third, partner_id=number)
        case _:
            return Need(pk=pk, text=first, kind=second)


def _take(profile: Profile, rows: Iterable[tuple], build) -> None:
    for part, *row in rows:
        getattr(profile, part).append(build(part, row))


@prepared(pk=BigIntegerField())
def _products(pk) -> QuerySet:
    return Product.objects.filter(organisation=pk).order_by("pk")


def add_pictures(profile: Profile) -> None:
    """The logo, and to each product its `shown_pictures`; one query."""
    organisation, product = (ContentType.objects.get_for_model(model).pk for model in (Organisation, Product))
    pictures: dict[int, list[StoredFile]] = {}
    for file in _pictures(pk=profile.organisation.pk, organisation=organisation, product=product):
        if file.slot == LOGO and file.target_type_id == organisation:
            profile.logo = file
        else:
            pictures.setdefault(file.target_id, []).append(file)
    for row in profile.products:
        row.shown_pictures = pictures.get(row.pk, [])  # type: ignore[attr-defined]


@prepared(pk=BigIntegerField())
def _pictures(pk, *, organisation: int, product: int) -> QuerySet:
    return StoredFile.objects.filter(
        Q(target_type=organisation, target_id=pk, slot=LOGO)
        | Q(target_type=product, target_id__in=Product.objects.filter(organisation=pk).values("pk"))
    ).order_by("created_at", "pk")
