"""The audit trail's words for what is done with accounts, bodies and offices."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.permissions import Role


def words() -> dict[str, str | Promise]:
    roles: dict[str, str | Promise] = {role.value: role.label for role in Role}
    return roles | {
        "appoint": _("Appointed"),
        "close_account": _("Account closed"),
        "confirm_address": _("E-mail address confirmed"),
        "create": _("Set up"),
        "deactivate": _("Account switched off"),
        "dissolve": _("Dissolved"),
        "edit": _("Edited"),
        "end_term": _("Term ended"),
        "extend_term": _("Term extended"),
        "open_account": _("Account opened"),
        "reactivate": _("Account switched on again"),
        "set_password": _("Password set"),
        "slow_down_sign_in": _("Signing in slowed down"),
        "update_profile": _("Profile edited"),
        "ends_on": _("to"),
        "office": _("office"),
        "starts_on": _("from"),
    }
