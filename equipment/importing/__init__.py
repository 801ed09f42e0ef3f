"""Machines out of the list that a laboratory or an agency keeps of them."""

from equipment.importing.columns import KIND

__all__ = ["KIND"]
