"""Memberships from application to end, and the days on which each counts (Table 1)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.prepared import prepared
from ecluster.words import local_date
from ecluster.workflow import WrongStatus, move
from members import notices
from members.actions import counting, joining
from members.actions.listing import lock, refresh_listing, reindex
from members.closed_years import effective_day
from members.models import (
    Application,
    ClusterRole,
    Membership,
    MiniCluster,
    Organisation,
    OrganisationClass,
)
from members.statuses import MembershipStatus


@transaction.atomic
def apply(
    *,
    organisation: Organisation,
    mini_cluster: MiniCluster,
    by,
    role: str = ClusterRole.SME,
    motive: str = "",
    applied_on: date | None = None,
    application: Application | None = None,
    quietly: bool = False,
) -> Membership:
    """Files an application; ValidationError where the organisation stands in the mini-cluster already.

    `quietly`: the coordinators need not be told, because it is decided in the same step.
    """
    require(by, Permission.APPLY_FOR_MEMBERSHIP, organisation)
    day = effective_day(applied_on, by=by, field="applied_on")
    organisation = lock(organisation)
    _refuse_merged(organisation)
    _refuse_standing(organisation, mini_cluster)
    membership = Membership.objects.create(
        organisation=organisation,
        mini_cluster=mini_cluster,
        role=role,
        motive=motive.strip(),
        applied_on=day,
        status_since=day,
        application=application,
    )
    record(target=membership, action="apply", by=by, changes={"status": ["", MembershipStatus.APPLIED]})
    if not quietly:
        notices.application_arrived(membership)
    return membership


@transaction.atomic
def enrol(*, by, on: date | None = None, reason: str = "", **facts) -> Membership:
    """Files and activates in one step what a list says that is loaded. `facts` are those of `apply()`."""
    membership = apply(by=by, quietly=True, **{"applied_on": on} | facts)
    return approve(membership=membership, by=by, on=on, reason=reason)


@transaction.atomic
def approve(*, membership: Membership, by, on: date | None = None, reason: str = "") -> Membership:
    """Makes it active from `on`; its applicant is invited as the organisation's manager."""
    day = effective_day(on, by=by)
    _hold(membership)
    action = "approve" if can(by, Permission.REVIEW_MEMBERSHIP, membership) else "load"
    _step(membership, action, by=by, day=day, reason=reason, decision_reason=reason)
    counting.start(membership, day)
    refresh_listing(membership.organisation)
    joining.open_door_to_applicant(membership, by=by)
    notices.membership_changed(membership, action=action, reason=reason)
    return membership


@transaction.atomic
def decline(*, membership: Membership, by, reason: str) -> Membership:
    _require_reason(reason)
    _hold(membership)
    _step(membership, "decline", by=by, day=timezone.localdate(), reason=reason, decision_reason=reason)
    notices.membership_changed(membership, action="decline", reason=reason)
    return membership


@transaction.atomic
def suspend(*, membership: Membership, by, reason: str, on: date | None = None) -> Membership:
    """The last day it counts is the one before `on`."""
    return _leave("suspend", membership, by=by, reason=reason, on=on)


@transaction.atomic
def end(*, membership: Membership, by, reason: str, on: date | None = None) -> Membership:
    """Ends it for good; the last day it counts is the one before `on`. The organisation may apply again."""
    return _leave("end", membership, by=by, reason=reason, on=on)


@transaction.atomic
def resume(*, membership: Membership, by, reason: str, on: date | None = None) -> Membership:
    """It counts again from `on`."""
    _require_reason(reason)
    day = effective_day(on, by=by)
    _hold(membership)
    _step(membership, "resume", by=by, day=day, reason=reason)
    counting.start(membership, day)
    refresh_listing(membership.organisation)
    notices.membership_changed(membership, action="resume", reason=reason)
    return membership


@transaction.atomic
def reclassify(*, organisation: Organisation, org_class: str, by, on: date | None = None) -> Organisation:
    """Counts it as another class from `on`; the days before stay with the class it had."""
    if not can(by, Permission.IMPORT_DATA):
        require(by, Permission.EDIT_ORGANISATION, organisation)
    day = effective_day(on, by=by)
    locked = lock(organisation)
    old, organisation.org_class = locked.org_class, OrganisationClass(org_class)
    if old == organisation.org_class:
        return organisation
    organisation.save(update_fields=["org_class", "updated_at"])
    for membership in locked.memberships.active().select_related("mini_cluster"):
        membership.organisation = organisation
        counting.restart(membership, day)
    record(
        target=organisation,
        action="reclassify",
        by=by,
        changes={"org_class": [old, organisation.org_class], "counted_from": [None, day]},
    )
    reindex(organisation)
    return organisation


def close_for_merging(membership: Membership, *, by, reason: str) -> None:
    """Of two memberships of one organisation in one mini-cluster this one goes; nobody need be told."""
    today, was_counting = timezone.localdate(), membership.status == MembershipStatus.ACTIVE
    action = "decline" if membership.status == MembershipStatus.APPLIED else "end"
    _step(membership, action, by=by, day=today, reason=reason)
    if was_counting:
        counting.stop(membership, today)


def _leave(action: str, membership: Membership, *, by, reason: str, on: date | None) -> Membership:
    _require_reason(reason)
    day = effective_day(on, by=by)
    _hold(membership)
    was_counting = membership.status == MembershipStatus.ACTIVE
    _step(membership, action, by=by, day=day, reason=reason)
    if was_counting:
        counting.stop(membership, day)
    refresh_listing(membership.organisation)
    notices.membership_changed(membership, action=action, reason=reason)
    return membership


def _hold(membership: Membership) -> None:
    """Whoever changes an organisation's memberships waits for each other at the organisation's row."""
    organisation = lock(membership.organisation)
    membership.refresh_from_db()
    membership.organisation = organisation


def _step(membership: Membership, action: str, *, by, day: date, reason: str, **values) -> None:
    if not membership.STATUS_TABLE.find(action, membership.status):
        raise WrongStatus(membership, action)
    if day < membership.status_since:
        raise ValidationError(
            {
                "on": _("It is “%(status)s” since %(day)s: give that day or a later one.")
                % {"status": membership.get_status_display(), "day": local_date(membership.status_since)}
            }
        )
    move(membership, action, by=by, reason=reason, status_since=day, **values)


def _refuse_merged(organisation: Organisation) -> None:
    if organisation.merged_into_id:
        raise ValidationError(_("This organisation was merged into another one: apply with that one."))


def _refuse_standing(organisation: Organisation, mini_cluster: MiniCluster) -> None:
    for status in _standing(organisation_id=organisation.pk, mini_cluster_id=mini_cluster.pk):
        raise ValidationError(
            _("Its membership in %(mini_cluster)s is “%(status)s” already.")
            % {"mini_cluster": mini_cluster, "status": MembershipStatus(status).label}
        )


@prepared(organisation_id=BigIntegerField(), mini_cluster_id=BigIntegerField())
def _standing(organisation_id, mini_cluster_id) -> QuerySet:
    """The status of the one that stands, where one does."""
    standing = Membership.objects.standing().filter(organisation=organisation_id, mini_cluster=mini_cluster_id)
    return standing.order_by().values_list("status", flat=True)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: the organisation will read it.")})
