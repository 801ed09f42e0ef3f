"""What changes a person: their account is opened, their profile edited, their access taken or given back."""

import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record

_HANGUL = re.compile("[가-힣]")
PROFILE_FIELDS = frozenset({"name_ko", "name_en", "phone", "email_audience", "phone_audience", "language", "time_zone"})


@transaction.atomic
def open_account(*, email: str, by, name: str = "", password: str | None = None, **profile) -> User:
    """A person whose address is known to be theirs: they hold a token that was mailed to it, or sign in by one only.

    Without a password, they set one by the mail that asks for it. `by` None: the person themself, or the portal.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise ValidationError(_("There is an account with this address already."), code="taken")
    profile.setdefault("language", (get_language() or "ko")[:2])
    user = User.objects.create_user(email, password, **_name_fields(name), **profile)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    record(target=user, action="open_account", by=by or (user if password else None))
    return user


@transaction.atomic
def update_profile(*, user: User, by: User, **facts) -> User:
    """A person's own words about themself; nobody else writes them."""
    if by.pk != user.pk:
        raise PermissionDenied(f"{by.pk} may not edit the profile of {user.pk}")
    if unknown := facts.keys() - PROFILE_FIELDS:
        raise TypeError(f"Not part of a profile: {sorted(unknown)}")
    locked = User.objects.select_for_update().get(pk=user.pk)
    changes = differences(locked, facts)
    if changes:
        for field in changes:
            setattr(locked, field, facts[field])
        locked.save(update_fields=[*changes, "updated_at"])
        record(target=locked, action="update_profile", by=by, changes=changes)
        for listener in settings.WHEN_A_PERSON_CHANGES:
            import_string(listener)(locked)
    return locked


def set_language(*, user: User, language: str, by: User) -> User:
    return update_profile(user=user, by=by, language=language)


def deactivate(*, user: User, by: User, reason: str) -> None:
    """Takes a person's access; nothing of theirs is erased and it can be given back."""
    _switch(user, by=by, is_active=False, action="deactivate", reason=reason)


def reactivate(*, user: User, by: User, reason: str = "") -> None:
    _switch(user, by=by, is_active=True, action="reactivate", reason=reason)


@transaction.atomic
def _switch(user: User, *, by: User, is_active: bool, action: str, reason: str) -> None:
    require(by, Permission.MANAGE_BODIES)
    if by.pk == user.pk:
        raise PermissionDenied("Nobody switches their own account.")
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.closed_at:
        raise ValidationError(_("This account was closed for good."), code="closed")
    if locked.is_active != is_active:
        locked.is_active = is_active
        locked.save(update_fields=["is_active", "updated_at"])
        record(target=locked, action=action, by=by, changes={"is_active": [not is_active, is_active]}, reason=reason)


def record_sign_in_change(*, user: User, action: str) -> None:
    """For allauth's flows, which write passwords and addresses themselves."""
    record(target=user, action=action, by=user)


def _name_fields(name: str) -> dict[str, str]:
    """One name as it was typed goes to the language it is written in."""
    name = name.strip()
    return {"name_ko" if _HANGUL.search(name) else "name_en": name}


def anonymous_address(user: User) -> str:
    return f"closed-{user.pk}@closed.invalid"


@transaction.atomic
def anonymise(*, user: User, by: User | None) -> None:
    """The last step of closing an account: what is left names nobody and lets nobody in."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.email = anonymous_address(locked)
    locked.name_ko = locked.name_en = locked.phone = ""
    locked.is_active = False
    locked.closed_at = timezone.now()
    locked.set_unusable_password()
    locked.save()
    record(target=locked, action="close_account", by=by)
