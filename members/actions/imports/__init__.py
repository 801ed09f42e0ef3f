"""The doors to an import: each step a person takes, and what the background does between them."""

from members.actions.imports.steps import discard, load, preview_again, set_mapping, upload

__all__ = ["discard", "load", "preview_again", "set_mapping", "upload"]
