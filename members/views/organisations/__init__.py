from members.views.organisations.editing import organisation_edit
from members.views.organisations.lists import organisation_list
from members.views.organisations.pictures import picture_remove
from members.views.organisations.profile import organisation_confirm, organisation_detail, organisation_history

__all__ = [
    "organisation_confirm",
    "organisation_detail",
    "organisation_edit",
    "organisation_history",
    "organisation_list",
    "picture_remove",
]
