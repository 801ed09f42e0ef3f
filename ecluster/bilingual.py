"""Names and texts that exist in Korean and in English."""

from django.utils.translation import get_language


def in_language(record, field: str, language: str | None = None) -> str:
    """`record`'s text `field` in the reader's language, or in the other one where that is blank."""
    first = "ko" if (language or get_language() or "en").startswith("ko") else "en"
    second = "en" if first == "ko" else "ko"
    return getattr(record, f"{field}_{first}") or getattr(record, f"{field}_{second}")


class BilingualName:
    """Mixed into a model with `name_ko` and `name_en`, of which at least one is filled."""

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def other_name(self) -> str:
        """The name in the language that `name` is not in; blank where there is none."""
        names = (in_language(self, "name", language) for language in ("ko", "en"))
        return next((name for name in names if name != self.name), "")

    def __str__(self) -> str:
        return self.name
