"""Into the pool and out of it: by one's own application or by an invitation, with a decision that is told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.actions.people import open_account
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.search import engine as search
from ecluster.workflow import move
from members import cleaning
from members.actions.experts import _notices
from members.actions.experts._facts import own, write
from members.models import Expert
from members.statuses import ExpertStatus


@transaction.atomic
def apply(*, by, **profile) -> Expert:
    """One's own application, for a chief coordinator to decide on. Who was here before applies again (`reapply`)."""
    require(by, Permission.APPLY_AS_EXPERT)
    _refuse_second(by)
    expert = _create(by, ExpertStatus.APPLIED, profile, by=by, action="apply")
    _notices.application_arrived(expert)
    return expert


@transaction.atomic
def reapply(*, expert: Expert, by, **profile) -> Expert:
    """After a decline, or after having left."""
    current = own(expert, by)
    move(current, "reapply", by=by)
    write(current, profile)
    _finish(expert, current)
    _notices.application_arrived(current)
    return current


@transaction.atomic
def invite(*, by, user: User | None = None, email: str = "", name: str = "", language: str = "ko", **profile) -> Expert:
    """Asks `user`, or who holds `email`, into the pool; they answer with `join` or `refuse`.

    For an address that nobody has yet an account is opened, and its holder mailed how to enter.
    """
    if not can(by, Permission.IMPORT_DATA):
        require(by, Permission.INVITE_EXPERT)
    address = cleaning.line(email).lower()
    user = user or User.objects.filter(email=address).first()
    is_new_here = user is None
    user = user or open_account(email=address, by=by, name=name, language=language)
    if user.pk == by.pk:
        raise ValidationError({"email": _("This is your own address: apply to the pool instead.")})
    if not user.is_active:
        raise ValidationError({"email": _("The account of this address was closed.")})
    expert = Expert.objects.filter(user=user).first()
    expert = (
        _invite_again(expert, by) if expert else _create(user, ExpertStatus.INVITED, profile, by=by, action="invite")
    )
    _notices.invited(expert, by=by, is_new_here=is_new_here)
    return expert


@transaction.atomic
def join(*, expert: Expert, by) -> Expert:
    """The invited person says yes."""
    return _answer(expert, "join", by)


@transaction.atomic
def refuse(*, expert: Expert, by) -> Expert:
    """The invited person says no; they may apply later."""
    return _answer(expert, "refuse", by)


@transaction.atomic
def accept(*, expert: Expert, by, reason: str = "") -> Expert:
    return _decide(expert, "accept", by, cleaning.paragraphs(reason))


@transaction.atomic
def decline(*, expert: Expert, by, reason: str = "") -> Expert:
    """The applicant reads the reason."""
    return _decide(expert, "decline", by, _needed(reason))


@transaction.atomic
def leave(*, expert: Expert, by) -> Expert:
    """What is open stays the expert's until it is closed; nothing new comes."""
    return _answer(expert, "leave", by)


@transaction.atomic
def remove(*, expert: Expert, by, reason: str = "") -> Expert:
    return _decide(expert, "remove", by, _needed(reason))


def _create(user: User, status: str, profile: dict, *, by, action: str) -> Expert:
    expert = Expert(user=user, status=status)
    changes = write(expert, profile)
    record(target=expert, action=action, by=by, changes={"status": ["", status]} | changes)
    return expert


def _refuse_second(user: User) -> None:
    """The row of the person is held, so that of two applications at once one is told."""
    User.objects.select_for_update().get(pk=user.pk)
    if Expert.objects.filter(user=user).exists():
        raise ValidationError(_("You have applied or were invited before."), code="second")


def _invite_again(expert: Expert, by) -> Expert:
    current = Expert.objects.select_for_update().get(pk=expert.pk)
    if current.status == ExpertStatus.ACCEPTED:
        raise ValidationError({"email": _("This person is in the pool already.")})
    if current.status == ExpertStatus.APPLIED:
        raise ValidationError({"email": _("This person has applied already: the chief coordinator decides.")})
    if current.status == ExpertStatus.INVITED:
        record(target=current, action="invite_again", by=by)
    else:
        move(current, "invite", by=by)
    return current


def _answer(expert: Expert, action: str, by) -> Expert:
    current = own(expert, by)
    current.confirmed_on = timezone.localdate()
    move(current, action, by=by)
    _finish(expert, current)
    _notices.answered(current, action)
    return current


def _decide(expert: Expert, action: str, by, reason: str) -> Expert:
    current = Expert.objects.select_for_update().get(pk=expert.pk)
    require(by, Permission.DECIDE_EXPERT, current)
    move(current, action, by=by, reason=reason)
    current.decision_reason = reason
    current.save(update_fields=["decision_reason", "updated_at"])
    _finish(expert, current)
    _notices.decided(current, action)
    return current


def _needed(reason: str) -> str:
    reason = cleaning.paragraphs(reason)
    if not reason:
        raise ValidationError({"reason": _("Say why: the person reads it.")})
    return reason


def _finish(passed: Expert, current: Expert) -> None:
    """The passed object is brought up to date; roles change with the status."""
    search.index([current])
    passed.refresh_from_db()
    for expert in (passed, current):
        expert.user.forget_standing()
