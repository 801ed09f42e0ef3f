"""An organisation's own fields: which there are, and how each is written."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members import cleaning, registration_number
from members.models import Organisation

_WRITTEN: dict[str, Callable] = {
    "name_ko": cleaning.line,
    "name_en": cleaning.line,
    "registration_number": registration_number.normalise,
    "external_id": lambda text: cleaning.line(text) or None,
    "summary_ko": cleaning.paragraphs,
    "summary_en": cleaning.paragraphs,
    "address_ko": cleaning.line,
    "address_en": cleaning.line,
    "website": cleaning.website,
    "contact_name": cleaning.line,
    "contact_email": lambda text: cleaning.line(text).lower(),
    "contact_phone": cleaning.line,
}
FACTS = frozenset(_WRITTEN) | {"org_class", "founded_year", "employees", "region", "contact_audience", "confirmed_on"}


def cleaned(facts: dict) -> dict:
    """`facts` as the house writes them; ValidationError by field where one can't be."""
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"An organisation has no {', '.join(sorted(unknown))}.")
    values, errors = {}, {}
    for field, value in facts.items():
        try:
            values[field] = _WRITTEN[field](value) if field in _WRITTEN else value
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)
    return values


def check(organisation: Organisation) -> None:
    """ValidationError by field, before the database says it in its own words."""
    if not (organisation.name_ko or organisation.name_en):
        raise ValidationError({"name_ko": _("A name is needed, in Korean or in English.")})
    organisation.clean_fields(exclude={"region", "merged_into"})
    identified = {"registration_number", "external_id"}
    others = {field.name for field in organisation._meta.fields} - identified
    organisation.validate_unique(exclude=others)
