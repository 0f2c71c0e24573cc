"""What was typed into one version of a form, brought over to a newer one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhongshu.engine.intake.rules import asking, cleaning, judging, paths
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

_FITTING = ("kind", "many", "options", "limits", "accept")
"""What decides whether an answer that fitted one question fits another."""
_WORDING = ("title", "title_en", "help", "help_en", "required", "mandatory", "unit", "unit_en")


@dataclass(frozen=True, slots=True)
class Named:
    """A question to name to the person; `typed` what had been typed, as it came.

    The path of a question of a row has the row's number where something was typed into it, else none: `members.age`.
    """

    path: str
    field: Field
    typed: Any = None


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers by path, as they were typed, that the newer form takes; and what the person is told.

    `lost` does not fit any more, `added` is asked for the first time, `changed` is asked or bounded otherwise.
    """

    answers: dict[str, Any]
    lost: tuple[Named, ...]
    added: tuple[Named, ...]
    changed: tuple[Named, ...]


def carry(old: Questionnaire, new: Questionnaire, answers: Mapping[str, Any]) -> Carried:
    """The answers to `old`, texts of its form or JSON, as far as they fit `new`.

    What stands under an unchanged question is kept even if it was wrong: it is still being typed. Under a changed one
    it is kept if it is right there.
    """
    typed = dict(_typed(old, answers))
    same = {path for path in typed if _stays(old.named(path), new.named(path))}
    misfits = _misfits(new, {path: value for path, value in typed.items() if path not in same})
    lost = {path for path in typed if not _room(new, path) or (path not in same and path in misfits)}
    kept = {path: typed[path] for path in sorted(typed, key=paths.order(new)) if path not in lost}
    added, changed = _news(old, new, kept)
    named = [(path, old.named(path)) for path in typed if path in lost]
    return Carried(kept, tuple(Named(path, field, typed[path]) for path, field in named if field), added, changed)


def over(old: Questionnaire, new: Questionnaire, typed: Mapping[str, Any]) -> Carried:
    """The same of a draft, in which stand by the names of inputs also the parts of its page that are no questions, kept
    as they are, and under a group the numbers of its rows: they are numbered anew, and rows taken away stay away.
    """
    own = {path: value for path, value in typed.items() if old.named(path.partition(".")[0]) is None}
    rows = {
        field.name: _places(typed[field.name]) for field in old.fields if field.kind == "rows" and field.name in typed
    }
    asked = (
        (_placed(path, rows), value) for path, value in typed.items() if path not in own and path not in rows
    )  # fmt: skip
    found = carry(old, new, {path: value for path, value in asked if path})
    numbers = {field.name: _numbers(found.answers, field.name) for field in new.fields if field.kind == "rows"}
    return replace(found, answers=own | found.answers | numbers)


def _places(numbers: Any) -> dict[str, str]:
    """The number of a row in the names of inputs → its place."""
    given = [number for number in (numbers if isinstance(numbers, list) else ()) if number]
    return {str(number): str(place) for place, number in enumerate(given)}


def _placed(path: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """The path with its row's place; empty where that row was taken away."""
    group, _, rest = path.partition(".")
    number, _, inner = rest.partition(".")
    if not inner or group not in rows:
        return path
    place = rows[group].get(number)
    return f"{group}.{place}.{inner}" if place else ""


def _numbers(answers: Mapping[str, Any], group: str) -> list[str]:
    """What the form sends for a group: its name once, and once a row."""
    found = {path.split(".")[1] for path in answers if path.startswith(f"{group}.")}
    return ["", *sorted(found, key=int)]


def _typed(form: Questionnaire, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer that was typed and is not blank, by path, as it came."""
    given, _ = cleaning.gathered(form, answers)
    for path, field, value in paths.told(form.fields, given):
        if field.kind != "rows" and field.computed is None and cleaning.clean(field, value) is not None:
            yield path, value


def _stays(before: Field | None, now: Field | None) -> bool:
    return before is not None and now is not None and all(_same(before, now, part) for part in _FITTING)


def _same(before: Field, now: Field, part: str) -> bool:
    return bool(getattr(before, part) == getattr(now, part))


def _room(form: Questionnaire, path: str) -> bool:
    """Whether the form lets anything be typed at this path."""
    field = form.named(path)
    group, _, row = path.partition(".")
    if field is None or field.kind == "rows" or field.computed is not None:
        return False
    whole = form.named(group)
    return not row or (whole is not None and int(row.partition(".")[0]) < whole.limits["maxItems"])


def _misfits(form: Questionnaire, answers: Mapping[str, Any]) -> set[str]:
    """The paths at which something is wrong with what was typed."""
    known = {path: value for path, value in answers.items() if _room(form, path)}
    given, _ = cleaning.gathered(form, known)
    return {*judging.faults(form, cleaning.cleaned(form.fields, given))}


def _news(
    old: Questionnaire, new: Questionnaire, answers: Mapping[str, Any]
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The questions now asked of someone who answered so that are new, and those that are changed."""
    shown = asking.round_of(new, answers).shown
    before = dict(_questions(old))
    added, changed = [], []
    for path, field in _questions(new):
        if path.partition(".")[0] not in shown or field.computed is not None:
            continue
        if path not in before:
            added.append(Named(path, field))
        elif any(not _same(before[path], field, part) for part in (*_FITTING, *_WORDING)):
            changed.append(Named(path, field))
    return tuple(added), tuple(changed)


def _questions(form: Questionnaire) -> Iterator[tuple[str, Field]]:
    for field in form.fields:
        yield field.name, field
        yield from ((f"{field.name}.{inner.name}", inner) for inner in field.fields)
