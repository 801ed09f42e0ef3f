"""Who is described with a term."""

from django.apps import apps
from django.conf import settings
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import (
    Organisation,
    OrganisationCertificate,
    OrganisationMaterial,
    OrganisationProcess,
    OrganisationTechnology,
    Term,
)

# What of a profile holds terms of a kind, and in which field.
_HOLDERS: dict[Term.Kind, tuple[type[Model], str]] = {
    Term.Kind.PROCESS: (OrganisationProcess, "process"),
    Term.Kind.MATERIAL: (OrganisationMaterial, "material"),
    Term.Kind.CERTIFICATE: (OrganisationCertificate, "certificate"),
    Term.Kind.TECHNOLOGY: (OrganisationTechnology, "technology"),
    Term.Kind.REGION: (Organisation, "region"),
}


def with_uses(terms: QuerySet[Term], kind: str) -> QuerySet[Term]:
    """Adds `uses`: how many organisations have the term in their profile, or how many other things name it."""
    model, field = _holder(kind)
    rows = model._default_manager.filter(**{field: OuterRef("pk")}).order_by()
    counted = rows.values(field).annotate(number=Count("pk")).values("number")
    return terms.annotate(uses=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def name_of_uses(kind: str) -> str:
    """What a number of them counts."""
    if kind in _HOLDERS:
        return _("Organisations")
    model, _field = _holder(kind)
    return capfirst(str(model._meta.verbose_name_plural))


def organisations_with(term: Term) -> QuerySet[Organisation]:
    if term.kind not in _HOLDERS:
        return Organisation.objects.none()
    model, field = _HOLDERS[Term.Kind(term.kind)]
    if model is Organisation:
        return Organisation.objects.filter(region=term)
    holders = model._default_manager.filter(**{field: term})
    return Organisation.objects.filter(pk__in=holders.values("organisation"))


def _holder(kind: str) -> tuple[type[Model], str]:
    """Of the kinds that describe no organisation, settings say what does hold them."""
    if found := _HOLDERS.get(Term.Kind(kind)):
        return found
    label, field = settings.TERM_HOLDERS[kind].rsplit(".", 1)
    return apps.get_model(label), field
