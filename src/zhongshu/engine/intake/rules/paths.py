"""Answers by path: `phone`, `members`, `members.0.income`, as the inputs of a form are named and problems placed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from zhongshu.engine.intake.rules.shape import Field, Questionnaire


def told(fields: Sequence[Field], answers: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Field, Any]]:
    """Every answer with its path and its question, in the order they are asked; a group before what is in its rows."""
    for field in fields:
        value = answers.get(field.name)
        if value is None:
            continue
        path = prefix + field.name
        yield path, field, value
        if field.kind == "rows" and isinstance(value, list):
            for n, row in enumerate(value):
                yield from told(field.fields, row, f"{path}.{n}.") if isinstance(row, Mapping) else ()


def order(form: Questionnaire) -> Callable[[str], tuple[int, int, int]]:
    """A key that sorts paths as they are asked; what the form does not ask comes first."""
    places = {field.name: n for n, field in enumerate(form.fields)}
    within = {field.name: {inner.name: n for n, inner in enumerate(field.fields)} for field in form.fields}

    def place(path: str) -> tuple[int, int, int]:
        name, _, rest = path.partition(".")
        row, _, inner = rest.partition(".")
        number = int(row) if row.isascii() and row.isdigit() else -1
        return places.get(name, -1), number, within.get(name, {}).get(inner, -1)

    return place


def without(answers: Mapping[str, Any], dropped: Collection[str], prefix: str = "") -> dict[str, Any]:
    """The answers but those at the paths that are dropped; rows keep their numbers."""
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        path = prefix + name
        if path in dropped:
            continue
        rows = isinstance(value, list) and any(isinstance(row, Mapping) for row in value)
        kept[name] = [_row(row, dropped, f"{path}.{n}") for n, row in enumerate(value)] if rows else value
    return kept


def _row(row: Any, dropped: Collection[str], path: str) -> Any:
    return without(row, dropped, f"{path}.") if isinstance(row, Mapping) and path not in dropped else {}
