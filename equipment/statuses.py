"""The statuses of equipment, bookings and waiting-list entries, and who may take them from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ecluster.accounts.permissions import Permission
from ecluster.workflow import StatusTable, Transition


class EquipmentStatus(models.TextChoices):
    WORKING = "working", _("working")
    DOWN = "down", _("out of order")
    RETIRED = "retired", _("retired")


class BookingStatus(models.TextChoices):
    REQUESTED = "requested", _("requested")
    APPROVED = "approved", pgettext_lazy("booking", "approved")
    DECLINED = "declined", pgettext_lazy("booking", "declined")
    CANCELLED = "cancelled", pgettext_lazy("booking", "cancelled")
    DONE = "done", pgettext_lazy("booking", "done")
    MISSED = "missed", pgettext_lazy("booking", "missed")


class WaitingStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("offered")
    TAKEN = "taken", _("taken")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What keeps others off a machine. A request holds nothing: whoever is approved first has it.
HOLDING = (BookingStatus.APPROVED, BookingStatus.DONE, BookingStatus.MISSED)
GONE = (BookingStatus.DECLINED, BookingStatus.CANCELLED)
# What a person's limits count.
USING = (BookingStatus.REQUESTED, *HOLDING)

_E, _B, _W = EquipmentStatus, BookingStatus, WaitingStatus
_EDIT, _KEEP, _CHANGE = Permission.EDIT_EQUIPMENT, Permission.KEEP_EQUIPMENT, Permission.CHANGE_BOOKING

EQUIPMENT = StatusTable(
    # By the outages: who may report one is the action's to say.
    Transition("break_down", _E.WORKING, _E.DOWN, None),
    Transition("repair", _E.DOWN, _E.WORKING, None),
    Transition("retire", _E.WORKING, _E.RETIRED, _EDIT, _("Retire")),
    Transition("retire", _E.DOWN, _E.RETIRED, _EDIT, _("Retire")),
    Transition("reinstate", _E.RETIRED, _E.WORKING, _EDIT, _("Put back into use")),
    # By a list that is loaded, for who loads data and edits no single machine.
    Transition("load_retired", _E.WORKING, _E.RETIRED, Permission.IMPORT_DATA, _("Retire")),
    Transition("load_retired", _E.DOWN, _E.RETIRED, Permission.IMPORT_DATA, _("Retire")),
    Transition("load_working", _E.RETIRED, _E.WORKING, Permission.IMPORT_DATA, _("Put back into use")),
)

BOOKING = StatusTable(
    Transition("approve", _B.REQUESTED, _B.APPROVED, _KEEP, _("Approve")),
    # Where the owner wants no approval the rules decide at once.
    Transition("grant", _B.REQUESTED, _B.APPROVED, None),
    Transition("decline", _B.REQUESTED, _B.DECLINED, _KEEP, _("Decline")),
    # Somebody else's request was approved for the same time.
    Transition("lose", _B.REQUESTED, _B.DECLINED, None),
    Transition("cancel", _B.REQUESTED, _B.CANCELLED, _CHANGE, _("Cancel")),
    Transition("cancel", _B.APPROVED, _B.CANCELLED, _CHANGE, _("Cancel")),
    Transition("finish", _B.APPROVED, _B.DONE, _CHANGE, _("Log the use")),
    # Nobody logged it for a week.
    Transition("settle", _B.APPROVED, _B.DONE, None),
    Transition("miss", _B.APPROVED, _B.MISSED, _KEEP, _("Nobody came")),
)

# The portal's clock offers and lets lapse; the person takes or withdraws: the actions check that it is they.
WAITING = StatusTable(
    Transition("offer", _W.WAITING, _W.OFFERED, None),
    Transition("take", _W.OFFERED, _W.TAKEN, None),
    Transition("lapse", _W.OFFERED, _W.LAPSED, None),
    Transition("lapse", _W.WAITING, _W.LAPSED, None),
    Transition("withdraw", _W.WAITING, _W.WITHDRAWN, None),
    Transition("withdraw", _W.OFFERED, _W.WITHDRAWN, None),
)
