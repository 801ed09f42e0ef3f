"""The doors to the expert pool: who comes in and goes, what they say of themselves, what they work on."""

from members.actions.experts.engagements import close_engagement, open_engagement
from members.actions.experts.pool import accept, apply, decline, invite, join, leave, reapply, refuse, remove
from members.actions.experts.profile import set_availability, update_profile

__all__ = [
    "accept",
    "apply",
    "close_engagement",
    "decline",
    "invite",
    "join",
    "leave",
    "open_engagement",
    "reapply",
    "refuse",
    "remove",
    "set_availability",
    "update_profile",
]
