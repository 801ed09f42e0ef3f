"""Builds the members' part of the demo."""
