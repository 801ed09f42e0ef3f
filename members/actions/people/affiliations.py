"""Who belongs to an organisation: colleagues are invited, join, become managers, leave."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from members.actions.people._notices import tell_left, tell_manager_role
from members.models import Affiliation, Organisation


@transaction.atomic
def affiliate(
    *,
    user: User,
    organisation: Organisation,
    by,
    title: str = "",
    is_manager: bool = False,
    starts_on: date | None = None,
) -> Affiliation:
    """Makes `user` a colleague without asking them: for the desk, the import, and records from before the portal.

    Who belongs to the organisation already stays so, once, and is made manager where that is asked.
    """
    if not can(by, Permission.IMPORT_DATA):
        require(by, Permission.MANAGE_AFFILIATIONS, organisation)
    return join(user=user, organisation=organisation, by=by, title=title, is_manager=is_manager, starts_on=starts_on)


def join(
    *, user: User, organisation: Organisation, by, title: str, is_manager: bool, starts_on: date | None = None
) -> Affiliation:
    """The common last step of `affiliate` and of accepting an invitation, which both say who may."""
    hold(organisation)
    affiliation, is_new = Affiliation.objects.get_or_create(
        user=user,
        organisation=organisation,
        ends_on=None,
        defaults={"title": title, "is_manager": is_manager, "starts_on": starts_on or timezone.localdate()},
    )
    user.forget_standing()
    if is_new:
        role = "manager" if is_manager else "colleague"
        record(target=organisation, action="colleague_joined", by=by, changes={role: ["", _label(user)]})
    elif is_manager and not affiliation.is_manager:
        _switch_manager(affiliation, True, by=by)
    return affiliation


@transaction.atomic
def set_manager(*, affiliation: Affiliation, is_manager: bool, by) -> Affiliation:
    require(by, Permission.MANAGE_AFFILIATIONS, affiliation.organisation)
    locked = _locked(affiliation)
    if locked.is_manager == is_manager:
        return locked
    if not is_manager:
        _keep_a_manager(locked, by=by)
    _switch_manager(locked, is_manager, by=by)
    tell_manager_role(locked)
    return locked


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, by, on: date | None = None, reason: str = "") -> None:
    """The person's last day is `on`; without it they are out at once. Anybody may leave by themself."""
    if affiliation.user_id != getattr(by, "pk", None):
        require(by, Permission.MANAGE_AFFILIATIONS, affiliation.organisation)
    locked = _locked(affiliation)
    _keep_a_manager(locked, by=by)
    finish(locked, by=by, on=on, reason=reason)
    tell_left(locked, by=by)


def finish(affiliation: Affiliation, *, by, on: date | None = None, reason: str = "") -> None:
    """Ends it, whoever else manages: for `end_affiliation` and for an account that is closed."""
    last_day = on or timezone.localdate() - timedelta(days=1)
    organisation, user = affiliation.organisation, affiliation.user
    if last_day < affiliation.starts_on:  # it counted on no day
        affiliation.delete()
    else:
        affiliation.ends_on = last_day
        affiliation.save(update_fields=["ends_on", "updated_at"])
    user.forget_standing()
    record(
        target=organisation, action="colleague_left", by=by, changes={"colleague": [_label(user), ""]}, reason=reason
    )


def is_last_manager(affiliation: Affiliation) -> bool:
    """Whether the organisation would be left without anybody who edits it and invites colleagues."""
    if not affiliation.is_manager:
        return False
    others = affiliation.organisation.affiliations.current().exclude(pk=affiliation.pk)
    return not others.managers().exists()


def _keep_a_manager(affiliation: Affiliation, *, by) -> None:
    """A coordinator may leave an organisation without a manager: the desk then looks after it."""
    if is_last_manager(affiliation) and not can(by, Permission.REVIEW_MEMBERSHIP):
        raise ValidationError(
            _("%(name)s is the only manager here. Make somebody else manager first, or ask a coordinator.")
            % {"name": affiliation.user.name},
            code="last_manager",
        )


def _switch_manager(affiliation: Affiliation, is_manager: bool, *, by) -> None:
    affiliation.is_manager = is_manager
    affiliation.save(update_fields=["is_manager", "updated_at"])
    affiliation.user.forget_standing()
    pair = ["", _label(affiliation.user)] if is_manager else [_label(affiliation.user), ""]
    record(target=affiliation.organisation, action="change_manager", by=by, changes={"manager": pair})


def hold(organisation: Organisation) -> None:
    """Whoever changes its people waits here for whoever does so now."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.merged_into_id:
        raise ValidationError(_("This organisation became part of another one."), code="merged")


def _locked(affiliation: Affiliation) -> Affiliation:
    hold(affiliation.organisation)
    locked = Affiliation.objects.select_related("user", "organisation").filter(pk=affiliation.pk, ends_on=None).first()
    if locked is None:
        raise ValidationError(_("This person has left already."), code="left")
    return locked


def _label(user: User) -> str:
    """In the trail a person is a number: what may be erased is not kept where nothing can be."""
    return f"person {user.pk}"
