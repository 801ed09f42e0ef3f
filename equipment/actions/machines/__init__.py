"""The doors to a machine's description: every change of it is one of these. Its bookings and outages have their own."""

from equipment.actions.machines.facts import create, update
from equipment.actions.machines.files import add_document, add_picture, remove_file
from equipment.actions.machines.standing import reinstate, retire
from equipment.actions.machines.trainings import record_training, revoke_training

__all__ = [
    "add_document",
    "add_picture",
    "create",
    "record_training",
    "reinstate",
    "remove_file",
    "retire",
    "revoke_training",
    "update",
]
