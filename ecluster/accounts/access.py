"""`can()`: may this person do this, to this object?"""

from collections.abc import Callable
from functools import cache, reduce
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ecluster.accounts.permissions import (
    ROLE_PERMISSIONS,
    SIGNED_IN_PERMISSIONS,
    VISITOR_PERMISSIONS,
    Permission,
    Role,
)

ObjectRule = Callable[[Any, Any], bool]  # a person and the object
_object_rules: dict[Permission, ObjectRule] = {}


def object_rule(*permissions: Permission) -> Callable[[ObjectRule], ObjectRule]:
    """Decorates `rule(user, obj) -> bool`, the condition on the object itself; for an app's `rules.py`."""

    def register(rule: ObjectRule) -> ObjectRule:
        for permission in permissions:
            if permission in _object_rules:
                raise ValueError(f"{permission} has a rule already: {_object_rules[permission]}")
            _object_rules[permission] = rule
        return rule

    return register


def permissions_of(user) -> frozenset[Permission]:
    """Whose account is switched off may no more than a visitor, also where the background acts for them."""
    if not user.is_active:
        return VISITOR_PERMISSIONS
    return _permissions_of(user.roles)


@cache
def _permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    return reduce(frozenset.union, (ROLE_PERMISSIONS[role] for role in roles), SIGNED_IN_PERMISSIONS)


def can(user, permission: Permission, obj=None) -> bool:
    """Whether a role of `user` carries `permission` and, where `obj` is given, the object's own rule agrees."""
    if permission not in permissions_of(user):
        return False
    rule = _object_rules.get(permission)
    return obj is None or rule is None or rule(user, obj)


def require(user, permission: Permission, obj=None) -> None:
    """For actions: raises PermissionDenied unless `can()`. A caller that got this far has a view that forgot to ask."""
    if not can(user, permission, obj):
        raise PermissionDenied(f"{user} may not {permission}")


def require_or_404(user, permission: Permission, obj=None) -> None:
    """For views: what a person may not do looks like what does not exist."""
    if not can(user, permission, obj):
        raise Http404
