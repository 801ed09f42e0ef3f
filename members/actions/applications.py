"""The form by which a new organisation applies, sent by a visitor or by a person with an account."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members import notices, registration_number
from members.actions import memberships, organisations
from members.models import Application, MiniCluster, Organisation


def send(*, key: UUID, by, mini_clusters: Iterable[MiniCluster], role: str, motive: str = "", **form) -> Application:
    """Makes the organisation and applies for it to each of `mini_clusters`. The same `key` again is the same one.

    `form` are the organisation's facts and the applicant's `contact_name`, `_email`, `_phone`, `_title`, `language`.
    """
    try:
        with transaction.atomic():
            return Application.objects.filter(key=key).first() or _file(
                key=key, by=by, mini_clusters=mini_clusters, role=role, motive=motive, **form
            )
    except IntegrityError:  # the other press of the button was quicker
        return Application.objects.get(key=key)


def _file(
    *, key: UUID, by, mini_clusters, role: str, motive: str, contact_title: str = "", language: str, **facts
) -> Application:
    chosen = list(mini_clusters)
    if not chosen:
        raise ValidationError({"mini_clusters": _("Choose at least one mini-cluster.")})
    number = registration_number.normalise(facts.pop("registration_number", ""))
    organisation = organisations.create(by=by, registration_number=_own_number(number), **facts)
    application = Application.objects.create(
        key=key,
        organisation=organisation,
        registration_number=number or "",
        sent_by=by if by.is_authenticated else None,
        contact_name=facts["contact_name"],
        contact_email=facts["contact_email"],
        contact_phone=facts.get("contact_phone", ""),
        contact_title=contact_title,
        language=language,
    )
    for mini_cluster in chosen:
        memberships.apply(
            organisation=organisation,
            mini_cluster=mini_cluster,
            by=by,
            role=role,
            motive=motive,
            application=application,
        )
    notices.application_received(application)
    return application


def _own_number(number: str | None) -> str | None:
    """Who is in the directory already needs no form. Of who is not, nothing is told: the coordinator sees both."""
    holder = Organisation.objects.filter(registration_number=number).first() if number else None
    if holder and holder.is_listed:
        raise ValidationError(
            {
                "registration_number": _(
                    "%(name)s has this number and is in the directory already: ask a colleague there to invite you."
                )
                % {"name": holder}
            }
        )
    return None if holder else number
