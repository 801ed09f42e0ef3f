"""The ways through the portal, each shown to whom it leads somewhere."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
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


@dataclass(frozen=True, eq=False)
class Way:
    """Where `address` (a URL's name) leads those who have the permission."""

    label: str | Promise
    address: str
    needs: Permission | None = None


Ways = tuple[Way, ...]

MAIN = (
    Way(_("Mini-clusters"), "members:mini-cluster-list"),
    Way(_("Members"), "members:organisation-list"),
    Way(_("Experts"), "members:expert-list"),
    Way(_("Equipment"), "equipment:equipment-list"),
    Way(_("Find an expert"), "members:expert-find", Permission.USE_FINDER),
    Way(_("Applications"), "members:membership-list", Permission.REVIEW_MEMBERSHIP),
    Way(_("Membership"), "reports:membership"),
)
ACCOUNT = (
    Way(_("My profile"), "accounts:profile"),
    Way(_("My bookings"), "equipment:booking-list"),
    Way(_("Keeper's desk"), "equipment:desk", Permission.KEEP_EQUIPMENT),
    Way(_("Sign-in and security"), "mfa_index"),
    Way(_("My organisation's people"), "members:colleagues", Permission.INVITE_COLLEAGUE),
    Way(_("Notifications"), "notifications:preferences"),
    Way(_("Administration"), "accounts:administration", Permission.MANAGE_BODIES),
)
ADMINISTRATION = (
    Way(_("People"), "accounts:person-list", Permission.MANAGE_BODIES),
    Way(_("Bodies and appointments"), "accounts:body-list", Permission.MANAGE_BODIES),
    Way(_("Audit trail"), "audit:entry-list", Permission.VIEW_AUDIT_TRAIL),
    Way(_("Terms"), "members:term-list", Permission.MANAGE_TAXONOMIES),
    Way(_("Imports"), "members:import-list", Permission.IMPORT_DATA),
    Way(_("Django's admin"), "admin:index", Permission.MANAGE_BODIES),
)
FOOTER = (
    Way(_("Apply for membership"), "members:membership-apply"),
    Way(_("Components"), "gallery", Permission.MANAGE_BODIES),
)


def links(ways: Ways, user, path: str) -> tuple[Link, ...]:
    """Those of `ways` that `user` may use; current is the one whose address goes furthest towards `path`."""
    permissions = permissions_of(user)
    current = max(filter(path.startswith, _addresses(ways, permissions)), key=len, default="")
    return _links(ways, permissions, current, get_language())


# Every page asks: remembered by what people may, never by who they are.


@lru_cache(maxsize=1_000)
def _addresses(ways: Ways, permissions: frozenset[Permission]) -> tuple[str, ...]:
    return tuple(reverse(way.address) for way in ways if way.needs is None or way.needs in permissions)


@lru_cache(maxsize=1_000)
def _links(ways: Ways, permissions: frozenset[Permission], current: str, _language: str | None) -> tuple[Link, ...]:
    labels = [str(way.label) for way in ways if way.needs is None or way.needs in permissions]
    return tuple(
        Link(label, url, is_current=url == current)
        for label, url in zip(labels, _addresses(ways, permissions), strict=True)
    )
