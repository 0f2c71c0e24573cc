"""What a template may name of a case, one path a line. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Name:
    """Something a letter can say: its path (`answers.area.text`), the question it is of (if any), and an example.

    `row` tells that it is said once for each row of a group of questions, by `row` in a loop over the group's `rows`.
    """

    path: str
    title: str
    example: str
    row: str = ""


def names(data: Mapping[str, Any]) -> tuple[Name, ...]:
    """All a letter with this data can say, in the data's order."""
    return tuple(_of(data, "", ""))


def _of(part: Mapping[str, Any], path: str, row: str) -> Iterator[Name]:
    for key, value in part.items():
        at = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from _question(value, at, row) if {"title", "text"} <= value.keys() else _of(value, at, row)
        elif isinstance(value, list):
            yield from _of(value[0], "row", at) if value else ()
        elif key != "plain":
            yield Name(at, "", str(value), row)


def _question(said: Mapping[str, Any], path: str, row: str) -> Iterator[Name]:
    if said.get("rows"):
        yield from _of(said["rows"][0], "row", f"{path}.rows")
        return
    for key in ("text", "words", "capital"):
        if key in said:
            yield Name(f"{path}.{key}", said["title"], str(said[key]), row)
