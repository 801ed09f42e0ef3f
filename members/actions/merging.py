"""Two records of one organisation become one: the duplicate's belongings move, its past stays as it was."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.search import engine as search
from members.actions import counting
from members.actions.listing import refresh_listing
from members.actions.memberships import close_for_merging
from members.completeness import measure
from members.models import Affiliation, Membership, Organisation, TradeLink
from members.profiles import profile_of
from members.statuses import MembershipStatus

# What makes two parts of a profile the same one; such a part stays with the duplicate.
_PARTS = {
    "processes": ("process_id",),
    "materials": ("material_id",),
    "certificates": ("certificate_id",),
    "technologies": ("technology_id",),
    "products": ("name_ko", "name_en"),
    "machines": ("name", "maker", "model"),
    "trade_links": ("direction", "partner_name"),
    "needs": ("kind", "text"),
}
_FACTS_FILLED_IN = (
    "name_ko",
    "name_en",
    "summary_ko",
    "summary_en",
    "founded_year",
    "employees",
    "region",
    "address_ko",
    "address_en",
    "website",
    "contact_name",
    "contact_email",
    "contact_phone",
)
_IDENTIFIERS = ("registration_number", "external_id")
# Of two memberships in one mini-cluster the firmer one stays.
_FIRMNESS: list[str] = [MembershipStatus.APPLIED, MembershipStatus.SUSPENDED, MembershipStatus.ACTIVE]


@transaction.atomic
def merge(*, organisation: Organisation, into: Organisation, by, reason: str) -> Organisation:
    """Makes `organisation`, the duplicate, part of `into`; its address leads there from now on."""
    require(by, Permission.MERGE_ORGANISATIONS, organisation)
    _refuse(organisation, into, reason)
    duplicate, survivor = _lock_both(organisation, into)
    _refuse(duplicate, survivor, reason)
    moved = {
        "memberships": _move_memberships(duplicate, survivor, by=by, reason=reason),
        "people": _move_affiliations(duplicate, survivor),
        "invitations": _move_invitations(duplicate, survivor),
        "experts": duplicate.experts.update(organisation=survivor),
        "profile": _move_parts(duplicate, survivor),
        **_move_what_others_keep(duplicate, survivor),
    }
    filled_in = _fill_in(duplicate, survivor)
    _close(duplicate, survivor)
    survivor.save()
    _measure(survivor)
    refresh_listing(survivor)
    search.index(survivor.experts.all())
    record(
        target=duplicate,
        action="merge",
        by=by,
        changes={"merged_into": [None, f"{survivor} ({survivor.pk})"]},
        reason=reason,
    )
    record(
        target=survivor,
        action="take_in",
        by=by,
        changes={"duplicate": [f"{duplicate} ({duplicate.pk})", None]}
        | {what: [0, number] for what, number in moved.items() if number}
        | filled_in,
        reason=reason,
    )
    return survivor


def _refuse(duplicate: Organisation, survivor: Organisation, reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: both organisations will read it.")})
    if duplicate.pk == survivor.pk:
        raise ValidationError({"into": _("An organisation can't be merged into itself.")})
    if duplicate.merged_into_id or survivor.merged_into_id:
        raise ValidationError({"into": _("One of the two was merged already.")})


def _lock_both(duplicate: Organisation, survivor: Organisation) -> tuple[Organisation, Organisation]:
    """In the order of their keys, so that two who merge the same pair the other way round don't block each other."""
    pks = sorted([duplicate.pk, survivor.pk])
    locked = {o.pk: o for o in Organisation.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    return locked[duplicate.pk], locked[survivor.pk]


def _move_memberships(duplicate: Organisation, survivor: Organisation, *, by, reason: str) -> int:
    """Periods stay with their membership: past days count what they counted."""
    standing = {m.mini_cluster_id: m for m in survivor.memberships.standing().select_related("mini_cluster")}
    moved = 0
    for membership in duplicate.memberships.standing().select_related("mini_cluster"):
        rival = standing.get(membership.mini_cluster_id)
        if rival and _FIRMNESS.index(rival.status) >= _FIRMNESS.index(membership.status):
            close_for_merging(membership, by=by, reason=reason)
            continue
        if rival:
            close_for_merging(rival, by=by, reason=reason)
        _hand_over(membership, survivor)
        moved += 1
    return moved


def _hand_over(membership: Membership, survivor: Organisation) -> None:
    """From today it counts as the survivor's class."""
    was = membership.organisation.org_class
    membership.organisation = survivor
    membership.save(update_fields=["organisation", "updated_at"])
    if membership.status == MembershipStatus.ACTIVE and was != survivor.org_class:
        counting.restart(membership, timezone.localdate())


def _move_affiliations(duplicate: Organisation, survivor: Organisation) -> int:
    """Who works at both already keeps one affiliation, with the greater right of the two.

    Who worked at the duplicate alone manages the survivor only where nobody does yet: else to apply under a firm's
    name and wait for the merger would be a way to manage it.
    """
    today = timezone.localdate()
    theirs = {a.user_id: a for a in survivor.affiliations.filter(ends_on=None)}
    is_managed = survivor.affiliations.current().managers().exists()
    moved = 0
    for affiliation in duplicate.affiliations.all():
        other = theirs.get(affiliation.user_id) if affiliation.ends_on is None else None
        if other is None:
            is_manager = affiliation.is_manager and not is_managed
            Affiliation.objects.filter(pk=affiliation.pk).update(organisation=survivor, is_manager=is_manager)
            moved += 1
            continue
        Affiliation.objects.filter(pk=affiliation.pk).update(ends_on=max(today, affiliation.starts_on))
        if affiliation.is_manager and not other.is_manager:
            Affiliation.objects.filter(pk=other.pk).update(is_manager=True)
    return moved


def _move_invitations(duplicate: Organisation, survivor: Organisation) -> int:
    asked = {email.lower() for email in _waiting(survivor).values_list("email", flat=True)}
    is_managed = survivor.affiliations.current().managers().exists()
    moved = 0
    for invitation in _waiting(duplicate):
        if invitation.email.lower() in asked:
            invitation.withdrawn_at = timezone.now()
        else:
            invitation.organisation = survivor
            invitation.is_manager = invitation.is_manager and not is_managed
            moved += 1
        invitation.save(update_fields=["withdrawn_at", "organisation", "is_manager", "updated_at"])
    return moved


def _waiting(organisation: Organisation) -> models.QuerySet:
    """Expired ones too: the database allows one of an address that is neither accepted nor withdrawn."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None)


def _move_parts(duplicate: Organisation, survivor: Organisation) -> int:
    moved = 0
    for part, key in _PARTS.items():
        present = set(getattr(survivor, part).values_list(*key))
        new = [row for row in getattr(duplicate, part).all() if tuple(getattr(row, k) for k in key) not in present]
        moved += getattr(duplicate, part).filter(pk__in=[row.pk for row in new]).update(organisation=survivor)
    if not survivor.pictures.exists():
        moved += duplicate.pictures.update(target_id=survivor.pk)
    survivor.industries.add(*duplicate.industries.all())
    TradeLink.objects.filter(partner=duplicate).exclude(organisation=survivor).update(partner=survivor)
    # What was trade between the two is none any more.
    TradeLink.objects.filter(organisation=survivor, partner__in=[duplicate, survivor]).update(partner=None)
    return moved


def _move_what_others_keep(duplicate: Organisation, survivor: Organisation) -> dict[str, int]:
    """The apps above have things of organisations too."""
    moved: dict[str, int] = {}
    for merger in settings.ORGANISATION_MERGERS:
        moved |= import_string(merger)(duplicate, survivor)
    return moved


def _fill_in(duplicate: Organisation, survivor: Organisation) -> dict[str, list]:
    """Gives the survivor the facts it lacks; identifiers leave the duplicate, since each is one organisation's."""
    taken: dict[str, list] = {}
    for field in (*_FACTS_FILLED_IN, *_IDENTIFIERS):
        value = getattr(duplicate, field)
        if value and not getattr(survivor, field):
            setattr(survivor, field, value)
            taken[field] = ["", str(value)]
            if field in _IDENTIFIERS:
                setattr(duplicate, field, None)
    return taken


def _measure(survivor: Organisation) -> None:
    survivor.completeness = measure(profile_of(Organisation.objects.with_profile().get(pk=survivor.pk)))
    survivor.save(update_fields=["completeness", "updated_at"])


def _close(duplicate: Organisation, survivor: Organisation) -> None:
    duplicate.merged_into = survivor
    duplicate.is_listed = False
    duplicate.save()
    # Those merged into the duplicate before lead to the survivor directly.
    Organisation.objects.filter(merged_into=duplicate).update(merged_into=survivor)
    refresh_listing(duplicate)
