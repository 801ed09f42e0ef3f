"""The statuses of memberships and experts, and who may take them from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecluster.accounts.permissions import Permission
from ecluster.workflow import StatusTable, Transition


class MembershipStatus(models.TextChoices):
    APPLIED = "applied", _("applied")
    ACTIVE = "active", _("active")
    DECLINED = "declined", _("declined")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", _("left")


class ExpertStatus(models.TextChoices):
    APPLIED = "applied", _("applied")
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    # By whoever was asked: the chief coordinator, or the person invited.
    DECLINED = "declined", pgettext_lazy("expert", "declined")
    LEFT = "left", _("left")


_M, _E = MembershipStatus, ExpertStatus
_REVIEW = Permission.REVIEW_MEMBERSHIP
_DECIDE = Permission.DECIDE_EXPERT

MEMBERSHIP = StatusTable(
    Transition("approve", _M.APPLIED, _M.ACTIVE, _REVIEW, _("Approve")),
    # Records from before the portal, and lists that an agency had, come with their decision.
    Transition("load", _M.APPLIED, _M.ACTIVE, Permission.LOAD_HISTORY, _("Load as active")),
    Transition("decline", _M.APPLIED, _M.DECLINED, _REVIEW, _("Decline")),
    Transition("suspend", _M.ACTIVE, _M.SUSPENDED, _REVIEW, _("Suspend")),
    Transition("resume", _M.SUSPENDED, _M.ACTIVE, _REVIEW, _("Resume")),
    Transition("end", _M.ACTIVE, _M.LEFT, _REVIEW, _("End membership")),
    Transition("end", _M.SUSPENDED, _M.LEFT, _REVIEW, _("End membership")),
)

# An invited expert answers for themself: the action checks that it is they.
EXPERT = StatusTable(
    Transition("accept", _E.APPLIED, _E.ACCEPTED, _DECIDE, _("Accept")),
    Transition("decline", _E.APPLIED, _E.DECLINED, _DECIDE, _("Decline")),
    Transition("join", _E.INVITED, _E.ACCEPTED, None, _("Join the pool")),
    Transition("refuse", _E.INVITED, _E.DECLINED, None, _("Not now")),
    Transition("invite", _E.DECLINED, _E.INVITED, Permission.INVITE_EXPERT, _("Invite again")),
    Transition("invite", _E.LEFT, _E.INVITED, Permission.INVITE_EXPERT, _("Invite again")),
    Transition("reapply", _E.DECLINED, _E.APPLIED, None, _("Apply again")),
    Transition("reapply", _E.LEFT, _E.APPLIED, None, _("Apply again")),
    Transition("leave", _E.ACCEPTED, _E.LEFT, None, _("Leave the pool")),
    Transition("remove", _E.ACCEPTED, _E.LEFT, _DECIDE, _("Remove from the pool")),
)
