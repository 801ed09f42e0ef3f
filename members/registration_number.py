"""Korean business registration numbers (사업자등록번호): ten digits, the last of which checks the others."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def normalise(text: str | None) -> str | None:
    """The ten digits of `text`, None where it is blank; ValidationError in words where it is no such number."""
    digits = re.sub(r"[\s\-–.]", "", text or "")
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValidationError(_("A registration number has ten digits, for example 123-45-67890."))
    if not is_valid(digits):
        raise ValidationError(
            _("This is no registration number: its last digit doesn't fit the others. Is one mistyped?")
        )
    return digits


def is_valid(digits: str) -> bool:
    """The tax office's rule: weighted sum, tens of the last product and check digit add up to a multiple of ten."""
    numbers = [int(d) for d in digits]
    total = sum(n * weight for n, weight in zip(numbers, _WEIGHTS, strict=False))
    return (total + numbers[8] * 5 // 10 + numbers[9]) % 10 == 0


def formatted(digits: str | None) -> str:
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if digits else ""
