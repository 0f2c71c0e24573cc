"""Which of its two languages a page speaks."""

from django.utils.translation import get_language

CHINESE, ENGLISH = "zh-hans", "en"


def language() -> str:
    """The language of the answer being made, as data keep it: `en` or `zh-hans`."""
    return ENGLISH if (get_language() or "").startswith(ENGLISH) else CHINESE
