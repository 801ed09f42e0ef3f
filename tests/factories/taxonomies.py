"""Terms and industries for tests."""

import factory

from members.models import Industry, Term


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    kind = Term.Kind.PROCESS
    slug = factory.Sequence(lambda n: f"term-{n}")
    name_ko = factory.Sequence(lambda n: f"용어{n}")
    name_en = factory.Sequence(lambda n: f"term {n}")


class IndustryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Industry

    scheme = Industry.Scheme.KSIC
    code = factory.Sequence(lambda n: f"{n:05}")
    parent: Industry | None = None
    level = factory.LazyAttribute(lambda industry: industry.parent.level + 1 if industry.parent else 1)
    name_ko = factory.Sequence(lambda n: f"제조업{n}")
