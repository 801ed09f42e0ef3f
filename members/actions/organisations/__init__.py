"""The doors to an organisation: every change of one is one of these."""

from members.actions.organisations._keeping import ChangedMeanwhile
from members.actions.organisations.facts import (
    confirm_still_true,
    create,
    set_certificates,
    set_industries,
    set_machines,
    set_materials,
    set_needs,
    set_processes,
    set_products,
    set_technologies,
    set_trade_links,
    update,
)
from members.actions.organisations.pictures import add_picture, remove_picture, set_logo

__all__ = [
    "ChangedMeanwhile",
    "add_picture",
    "confirm_still_true",
    "create",
    "remove_picture",
    "set_certificates",
    "set_industries",
    "set_logo",
    "set_machines",
    "set_materials",
    "set_needs",
    "set_processes",
    "set_products",
    "set_technologies",
    "set_trade_links",
    "update",
]
