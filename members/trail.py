"""The audit trail's words for what is done here, where no status table has them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def words() -> dict[str, str | Promise]:
    return _MEMBERS | _EXPERTS | _REFERENCE | _PARTS


_MEMBERS: dict[str, str | Promise] = {
    "apply": _("Applied"),
    "change_manager": _("Manager changed"),
    "colleague_joined": _("Colleague joined"),
    "colleague_left": _("Colleague left"),
    "confirm_organisation": _("Profile confirmed"),
    "create_mini_cluster": _("Mini-cluster set up"),
    "create_organisation": _("Organisation entered"),
    "invite": _("Invited"),
    "invite_again": _("Invited again"),
    "merge": _("Merged into another"),
    "reclassify": _("Class changed"),
    "set_goal": _("Goal set"),
    "take_in": _("Duplicate taken in"),
    "update_mini_cluster": _("Mini-cluster edited"),
    "update_organisation": _("Profile edited"),
    "withdraw_invitation": _("Invitation withdrawn"),
}
_EXPERTS: dict[str, str | Promise] = {
    "close_engagement": _("Work closed"),
    "open_engagement": _("Work recorded"),
    "return": _("Back from absence"),
    "set_availability": _("Availability set"),
    "update_expert": _("Expert profile edited"),
}
_REFERENCE: dict[str, str | Promise] = {
    "add_term": _("Term added"),
    "fail": _("Broke off"),
    "finish": _("Loaded"),
    "load_classification": _("Classification loaded"),
    "load_term": _("Term loaded"),
    "offer_term_again": _("Term offered again"),
    "preview": _("Preview made"),
    "retire_term": _("Term retired"),
    "update_term": _("Term edited"),
    "upload_import": _("Sheet uploaded"),
}
# What a change names that is no field of its record.
_PARTS: dict[str, str | Promise] = {
    "certificates": _("certificates"),
    "colleague": _("colleague"),
    "counted_from": _("counted from"),
    "duplicate": _("duplicate"),
    "experts": _("experts"),
    "goal": _("goal"),
    "grounds": _("drawn from"),
    "invitations": _("invitations"),
    "logo": _("logo"),
    "machines": _("machines"),
    "manager": _("manager"),
    "materials": _("materials"),
    "memberships": _("memberships"),
    "needs": _("needs"),
    "people": _("people"),
    "picture": _("picture"),
    "processes": _("processes"),
    "products": _("products"),
    "profile": _("profile"),
    "rows": _("rows"),
    "sheet": _("sheet"),
    "strategy": _("strategy"),
    "technologies": _("technologies"),
    "trade_links": _("customers and suppliers"),
}
