"""The ways through the portal, each shown to whom it leads somewhere."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.access import permissions_of
from ecluster.accounts.permissions import Permission


@dataclass(frozen=True)
class Link:
    """An entry of a navigation or of tabs."""

    label: str | Promise
    url: str
    is_current: bool = False
    badge: int = 0


Row = tuple[str | Promise, str, Permission | None]

MAIN: list[Row] = [
    (_("Mini-clusters"), "members:mini-cluster-list", None),
    (_("Members"), "members:organisation-list", None),
    (_("Experts"), "members:expert-list", None),
    (_("Equipment"), "equipment:equipment-list", None),
    (_("Find an expert"), "members:expert-find", Permission.USE_FINDER),
    (_("Applications"), "members:membership-list", Permission.REVIEW_MEMBERSHIP),
    (_("Membership"), "reports:membership", None),
]
ACCOUNT: list[Row] = [
    (_("My profile"), "accounts:profile", None),
    (_("My bookings"), "equipment:booking-list", None),
    (_("Keeper's desk"), "equipment:desk", Permission.KEEP_EQUIPMENT),
    (_("Sign-in and security"), "mfa_index", None),
    (_("My organisation's people"), "members:colleagues", Permission.INVITE_COLLEAGUE),
    (_("Notifications"), "notifications:preferences", None),
    (_("Administration"), "accounts:administration", Permission.MANAGE_BODIES),
]
ADMINISTRATION: list[Row] = [
    (_("People"), "accounts:person-list", Permission.MANAGE_BODIES),
    (_("Bodies and appointments"), "accounts:body-list", Permission.MANAGE_BODIES),
    (_("Audit trail"), "audit:entry-list", Permission.VIEW_AUDIT_TRAIL),
    (_("Terms"), "members:term-list", Permission.MANAGE_TAXONOMIES),
    (_("Imports"), "members:import-list", Permission.IMPORT_DATA),
    (_("Django's admin"), "admin:index", Permission.MANAGE_BODIES),
]
FOOTER: list[Row] = [
    (_("Apply for membership"), "members:membership-apply", None),
    (_("Components"), "gallery", Permission.MANAGE_BODIES),
]


def links(rows: list[Row], user, path: str) -> list[Link]:
    """Those of `rows` that `user` may use; current is the one whose address goes furthest towards `path`."""
    permissions = permissions_of(user)
    found = [(label, _address(name)) for label, name, needed in rows if needed is None or needed in permissions]
    current = max((url for _label, url in found if path.startswith(url)), key=len, default=None)
    return [Link(label, url, is_current=url == current) for label, url in found]


_address = cache(reverse)  # asked for on every page
