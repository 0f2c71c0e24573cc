"""The order in which the rules of a questionnaire can be worked out, found once when it is read.

A question waits for all that its `visible`, its `computed` and its step's `visible` read. Of a group that repeats,
the questions of a row read their own row first; what they read outside of it, the group waits for. `required` reads
what has been settled and holds nobody up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.intake.rules.document import refuse
from zhongshu.engine.intake.rules.shape import Field, Step, Turn

Waits = Mapping[str, Mapping[str, str]]
"""Name → name it waits for → path of the rule that reads it."""
_Rules = Iterable[tuple[str, Expression]]
"""Rules with their paths."""


def plan(fields: Sequence[Field], steps: Sequence[Step]) -> tuple[Turn, ...]:
    """The questions in an order in which each comes after all it reads; refused if there is none."""
    known = {field.name for field in fields}
    around = {
        name: (f"/x-ui/steps/{n}/visible", step.visible)
        for n, step in enumerate(steps) if step.visible for name in step.fields
    }  # fmt: skip
    waits: dict[str, dict[str, str]] = {}
    turns: dict[str, Turn] = {}
    for field in fields:
        rules = [*([around[field.name]] if field.name in around else []), *_rules(field, "")]
        waits[field.name] = _read(rules, known)
        _read(_demands(field, ""), known)
        conditions = [step for _, step in [around.get(field.name, ("", None))] if step] + _seen(field)
        rows, outside = _row(field, known)
        waits[field.name] = outside | waits[field.name]
        turns[field.name] = Turn(field, tuple(conditions), rows)
    return tuple(turns[name] for name in _order(waits))


def _row(group: Field, known: set[str]) -> tuple[tuple[Turn, ...], dict[str, str]]:
    """The turns of a row, and what they read outside of it."""
    own, within = {field.name for field in group.fields}, f"/properties/{group.name}/items"
    waits, outside = {}, dict[str, str]()
    for field in group.fields:
        found = _read(_rules(field, within), own | known)
        _read(_demands(field, within), own | known)
        waits[field.name] = {name: path for name, path in found.items() if name in own}
        outside |= {name: path for name, path in found.items() if name not in own}
    turns = {field.name: Turn(field, tuple(_seen(field))) for field in group.fields}
    return tuple(turns[name] for name in _order(waits)), outside


def _rules(field: Field, within: str) -> Iterator[tuple[str, Expression]]:
    for key, found in (("visible", field.visible), ("computed", field.computed)):
        if found is not None:
            yield f"{within}/properties/{field.name}/x-ui/{key}", found


def _demands(field: Field, within: str) -> Iterator[tuple[str, Expression]]:
    if field.mandatory is not None:
        yield f"{within}/properties/{field.name}/x-ui/required", field.mandatory


def _seen(field: Field) -> list[Expression]:
    return [field.visible] if field.visible is not None else []


def _read(rules: _Rules, known: set[str]) -> dict[str, str]:
    """The names that rules read, each with the path of one that does; an unknown one is refused."""
    found: dict[str, str] = {}
    for path, expression in rules:
        if unknown := sorted(expression.names - known):
            raise refuse("{path} 处用到的“{name}”不在问卷里。", path, name=unknown[0])
        found |= dict.fromkeys(sorted(expression.names), path)
    return found


def _order(waits: Waits) -> list[str]:
    try:
        return list(TopologicalSorter(waits).static_order())
    except CycleError as problem:
        circle: list[str] = problem.args[1]
        path = waits[circle[1]][circle[0]]
        raise refuse("{path} 处绕成了一圈：{names}。请改掉其中一个。", path, names=" → ".join(circle)) from None
