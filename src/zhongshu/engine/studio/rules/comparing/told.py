"""What is said of how two folders differ."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

NOTHING = "—"
"""What stands for a value that is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in the author's words; `place`, `sentence` and `gaps` as in a Finding."""

    place: str
    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text as it was (`-`), as it is now (`+`), or beside those (a space); `…` leaves lines out."""

    sign: Literal["+", "-", " ", "…"]
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How one file differs: in words, or where it is no form or table but a text, by its lines."""

    file: str
    state: Literal["added", "removed", "changed"]
    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()


def shown(value: Any) -> str:
    """A value as an author reads it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "、".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def flat(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """A tree of mappings as its leaves by their way down; an empty mapping is a leaf."""
    if not isinstance(value, Mapping) or not value:
        return {path: value} if path else {}
    found: dict[tuple[str, ...], Any] = {}
    for key, each in value.items():
        found |= flat(each, (*path, str(key)))
    return found


def pointer(path: tuple[str, ...]) -> str:
    """The JSON pointer of a way down."""
    return "".join(f"/{part}" for part in path)
