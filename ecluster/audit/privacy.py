"""The audit trail's part of a person's data, and of closing their account."""

from django.utils.translation import gettext_lazy as _

from ecluster.accounts.closing import Closing
from ecluster.audit.models import AuditEntry


def held(user) -> dict:
    entries = AuditEntry.objects.filter(actor=user).order_by("pk")
    return {"entries": list(entries.values("at", "action", "target_label", "changes", "reason"))}


def closing(user) -> Closing:
    return Closing(
        carry_out=lambda: None,
        kept=[_("The audit trail: who answered for a decision must stay told. It names you by a number from now on.")],
    )
