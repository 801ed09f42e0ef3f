"""An import's way from the upload to what is loaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.permissions import Permission
from ecluster.workflow import StatusTable, Transition


class ImportStatus(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    MAPPED = "mapped", _("preview under way")
    PREVIEWED = "previewed", _("preview ready")
    LOADING = "loading", _("loading")
    LOADED = "loaded", _("loaded")
    FAILED = "failed", _("not loaded")
    DISCARDED = "discarded", _("discarded")


_S = ImportStatus
_BY_HAND = Permission.IMPORT_DATA

# What the background task does has no permission of its own: the person gave it by the step before.
IMPORT = StatusTable(
    Transition("map", _S.UPLOADED, _S.MAPPED, _BY_HAND, _("Preview")),
    Transition("map", _S.PREVIEWED, _S.MAPPED, _BY_HAND, _("Preview")),
    Transition("map", _S.FAILED, _S.MAPPED, _BY_HAND, _("Preview")),
    Transition("preview", _S.MAPPED, _S.PREVIEWED, None),
    Transition("load", _S.PREVIEWED, _S.LOADING, _BY_HAND, _("Load")),
    Transition("finish", _S.LOADING, _S.LOADED, None),
    Transition("fail", _S.MAPPED, _S.FAILED, None),
    Transition("fail", _S.LOADING, _S.FAILED, None),
    Transition("discard", _S.UPLOADED, _S.DISCARDED, _BY_HAND, _("Discard")),
    Transition("discard", _S.PREVIEWED, _S.DISCARDED, _BY_HAND, _("Discard")),
    Transition("discard", _S.FAILED, _S.DISCARDED, _BY_HAND, _("Discard")),
)
