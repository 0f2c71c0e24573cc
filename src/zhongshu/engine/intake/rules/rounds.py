"""One round of a form: given the answers so far, what is asked, what must be answered, what works out to what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.intake.rules import facts
from zhongshu.engine.intake.rules.shape import Field, Questionnaire, Step, Turn


@dataclass(frozen=True, slots=True)
class Round:
    """What has been settled. A path is the name of a question, or `members.0.income` for one of a row.

    `answers` are those that count: of questions shown, with what was worked out. `computed` holds every such
    question that is shown, None where nothing came out.
    """

    answers: dict[str, Any]
    shown: frozenset[str]
    required: frozenset[str]
    computed: Mapping[str, Any]


def settle(form: Questionnaire, answers: Mapping[str, Any]) -> Round:
    """The round after these answers: cleaned JSON values, a group that repeats as a list of objects.

    A question that is not shown has no answer for any other. What was sent for a computed one counts for nothing.
    """
    state = _State({}, {}, set(), {})
    for turn in form.plan:
        state.settle(turn, answers.get(turn.field.name), "", state.known)
    kept = {field.name: state.kept[field.name] for field in form.fields if field.name in state.kept}
    return Round(kept, frozenset(state.shown), frozenset(_required(form.fields, state)), state.computed)


def walked(form: Questionnaire, settled: Round) -> tuple[Step, ...]:
    """The steps that ask anything, in order."""
    return tuple(step for step in form.steps if any(name in settled.shown for name in step.fields))


@dataclass(slots=True)
class _State:
    """A round while it is settled: answers to keep, the same as FEEL knows them, paths shown, what was computed."""

    kept: dict[str, Any]
    known: dict[str, Any]
    shown: set[str]
    computed: dict[str, Any]

    def settle(self, turn: Turn, given: Any, prefix: str, scope: Mapping[str, Any]) -> None:
        """Takes one question's turn: its answer is kept, and known to the questions after it, if it is shown."""
        if not _all_true(turn.visible, scope):
            return
        field = turn.field
        path = prefix + field.name
        self.shown.add(path)
        if field.computed is not None:
            known = facts.worked(field, field.computed.evaluate(scope))
            kept = self.computed[path] = facts.answer(known)
        elif turn.rows:
            kept, known = self._rows(turn, given, scope)
        else:
            kept, known = given, facts.fact(field, given)
        if kept is not None:
            self.kept[field.name], self.known[field.name] = kept, known

    def _rows(self, group: Turn, given: Any, scope: Mapping[str, Any]) -> tuple[Any, Any]:
        if not isinstance(given, list):
            return given, given
        outside = _without(scope, group.field.fields)
        rows = [self._row(group, row, f"{group.field.name}.{n}.", outside) for n, row in enumerate(given)]
        return [kept for kept, _ in rows] or None, [known for _, known in rows]

    def _row(self, group: Turn, given: Any, prefix: str, outside: Mapping[str, Any]) -> tuple[Any, Any]:
        if not isinstance(given, Mapping):
            return given, given
        row = _State({}, dict(outside), self.shown, self.computed)
        for turn in group.rows:
            row.settle(turn, given.get(turn.field.name), prefix, row.known)
        own = {field.name: row.known[field.name] for field in group.field.fields if field.name in row.kept}
        return {name: row.kept[name] for name in own}, own


def _without(known: Mapping[str, Any], fields: Iterable[Field]) -> dict[str, Any]:
    """What a row knows of the answers outside: all but those its own questions have the names of."""
    own = {field.name for field in fields}
    return {name: value for name, value in known.items() if name not in own}


def _required(fields: Sequence[Field], state: _State) -> Iterator[str]:
    """The paths that must be answered; `required` rules read all that has been settled."""
    for field in fields:
        if field.name not in state.shown:
            continue
        if _must(field, state.known):
            yield field.name
        rows = state.known.get(field.name) if field.kind == "rows" else None
        if not isinstance(rows, list):
            continue
        outside = _without(state.known, field.fields)
        for n, row in enumerate(rows):
            known = {**outside, **row} if isinstance(row, Mapping) else outside
            for inner in field.fields:
                path = f"{field.name}.{n}.{inner.name}"
                if path in state.shown and _must(inner, known):
                    yield path


def _must(field: Field, known: Mapping[str, Any]) -> bool:
    if field.computed is not None:
        return False
    return field.required or (field.mandatory is not None and field.mandatory.evaluate(known) is True)


def _all_true(conditions: Sequence[Expression], known: Mapping[str, Any]) -> bool:
    return all(condition.evaluate(known) is True for condition in conditions)
