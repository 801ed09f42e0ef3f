from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from ecluster.files import kinds


class CheckedFileField(forms.FileField):
    """Takes a file of the `kinds` given and refuses all else at the field: too big, of a wrong kind, broken, empty."""

    def __init__(self, *, kinds: Sequence[kinds.Kind] = kinds.DOCUMENTS, limit: int | None = None, **kwargs) -> None:
        self.kinds = kinds
        self.limit = limit or settings.UPLOAD_LIMIT_BYTES
        kwargs.setdefault("help_text", lazy(self._what_is_taken, str)())
        super().__init__(**kwargs)

    def widget_attrs(self, widget) -> dict[str, str]:
        extensions = ",".join(f".{extension}" for kind in self.kinds for extension in kind.extensions)
        return super().widget_attrs(widget) | {"accept": extensions}

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > self.limit:
            raise kinds.RefusedFile(
                _("This file has %(size)s; at most %(limit)s are taken."),
                params={"size": filesizeformat(upload.size), "limit": filesizeformat(self.limit)},
                code="too_big",
            )
        kinds.check(upload, name=upload.name or "", accepted=self.kinds)
        upload.seek(0)
        return upload

    def _what_is_taken(self) -> str:
        return _("%(kinds)s; at most %(limit)s.") % {
            "kinds": kinds.in_words(self.kinds),
            "limit": filesizeformat(self.limit),
        }
