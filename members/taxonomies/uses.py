"""Who is described with a term."""

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

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
    """Adds `uses`: how many organisations have the term in their profile."""
    model, field = _HOLDERS[Term.Kind(kind)]
    rows = model._default_manager.filter(**{field: OuterRef("pk")}).order_by()
    counted = rows.values(field).annotate(number=Count("pk")).values("number")
    return terms.annotate(uses=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def organisations_with(term: Term) -> QuerySet[Organisation]:
    model, field = _HOLDERS[Term.Kind(term.kind)]
    if model is Organisation:
        return Organisation.objects.filter(region=term)
    holders = model._default_manager.filter(**{field: term})
    return Organisation.objects.filter(pk__in=holders.values("organisation"))
