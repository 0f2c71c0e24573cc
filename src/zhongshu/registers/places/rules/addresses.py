"""Reading an address: which known names stand in it, and which of those found is meant most."""

from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST, LONGEST = 2, 16
_FINER = {"component": 2, "road": 1, "region": 0}


@dataclass(frozen=True, slots=True)
class Found:
    """A place found by name: `kind` is region, road or component; `code` its code (a road's id)."""

    kind: str
    code: str
    name: str
    name_en: str
    lon: float | None
    lat: float | None


def spans(text: str) -> list[str]:
    """Every run of 2 to 16 characters of a text: if a known name stands in it, it is one of these."""
    lengths = range(SHORTEST, LONGEST + 1)
    return sorted({text[at : at + n] for n in lengths for at in range(len(text) - n + 1)})


def ranked(text: str, found: Iterable[Found]) -> tuple[Found, ...]:
    """Best first: the text itself, names in it (the finest, then the longest), names it begins, others."""

    def place(one: Found) -> tuple[int, int, int, str]:
        fineness = _FINER[one.kind] * 100 + (len(one.code) if one.kind == "region" else 0)
        if one.name == text or one.name_en.lower() == text.lower():
            return 0, -fineness, 0, one.code
        if one.name in text:
            return 1, -fineness, -len(one.name), one.code
        return (2 if one.name.startswith(text) else 3), len(one.name), -fineness, one.code

    return tuple(sorted(found, key=place))
