"""The audit trail's words for what is done with files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def words() -> dict[str, str | Promise]:
    return {"remove_file": _("File removed"), "store_file": _("File stored")}
