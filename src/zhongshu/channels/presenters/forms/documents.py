"""Photos and files among the answers of a form, also in the rows of a group: where they stand, put there, shown again.

A document is shown as something with a `value` (its id), an `address` and, of files, a `name`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire


@dataclass(frozen=True, slots=True)
class Slot:
    """A question that is answered with documents: its input's name, and its path among the answers.

    They differ in rows: the name has the number that the page gave the row, the path its place.
    """

    field: Field
    name: str
    path: str

    @property
    def most(self) -> int:
        """How many documents it takes."""
        return int(self.field.limits.get("maxItems", 1)) if self.field.many else 1


def slots(form: Questionnaire | None, post: QueryDict) -> Iterator[Slot]:
    """Every question of a form that was sent, or kept, that takes documents."""
    for field in form.fields if form else ():
        if field.kind in KINDS:
            yield Slot(field, field.name, field.name)
        for place, number in enumerate(typed.numbers(field, post) if field.fields else ()):
            for inner in (inner for inner in field.fields if inner.kind in KINDS):
                yield Slot(inner, f"{field.name}.{number}.{inner.name}", f"{field.name}.{place}.{inner.name}")


def put(answers: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with what was found at these paths; a row that is not among them is passed over."""
    made = {name: [dict(row) if isinstance(row, Mapping) else row for row in _list(value)] or value
            for name, value in answers.items()}  # fmt: skip
    for path, value in found.items():
        group, _, rest = path.partition(".")
        place, _, inner = rest.partition(".")
        if not inner:
            made[group] = value
        elif int(place) < len(_list(made.get(group))):
            made[group][int(place)][inner] = value
    return made


def shown(
    form: Questionnaire | None, answers: Mapping[str, Any], show: Callable[[list[str]], list[Any]]
) -> dict[str, Any]:
    """The answers with their documents as `show` shows them."""
    return _shown(form.fields if form else (), answers, show)


def _shown(fields: Iterable[Field], answers: Mapping[str, Any], show: Callable[[list[str]], list[Any]]) -> Any:
    kinds = {field.name: field for field in fields}
    return {
        name: _each(kinds[name], value, show) if name in kinds else value for name, value in answers.items()
    }  # fmt: skip


def ids(form: Questionnaire | None, answers: Mapping[str, Any]) -> list[str]:
    """The documents among the answers."""
    found: list[str] = []

    def note(given: list[str]) -> list[str]:
        found.extend(given)
        return given

    shown(form, answers, note)
    return found


def _each(field: Field, value: Any, show: Callable[[list[str]], list[Any]]) -> Any:
    if field.fields:
        return [_shown(field.fields, row, show) if isinstance(row, Mapping) else row for row in _list(value)]
    if field.kind not in KINDS:
        return value
    return show([one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)])


def plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the questionnaire takes them: of documents their ids."""
    return {
        name: [_plain(each) for each in value] if isinstance(value, list) else value for name, value in answers.items()
    }


def _plain(thing: Any) -> Any:
    return plain(thing) if isinstance(thing, Mapping) else getattr(thing, "value", thing)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
