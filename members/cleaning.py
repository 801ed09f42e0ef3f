"""One way of writing things, whoever enters them: a form, an import, the demo."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_website = URLValidator(schemes=["http", "https"])


def line(text: str | None) -> str:
    """One line in composed Unicode, with single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "").replace("\x00", "")).strip()


def paragraphs(text: str | None) -> str:
    return unicodedata.normalize("NFC", text or "").replace("\x00", "").replace("\r\n", "\n").strip()


def website(text: str | None) -> str:
    """An address with its scheme; ValidationError in words where it is none."""
    address = line(text)
    if not address:
        return ""
    if not re.match(r"[a-z][a-z0-9+.\-]*://", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        _website(address)
    except ValidationError as error:
        raise ValidationError(_("This is no website's address, for example www.example.co.kr.")) from error
    return address
