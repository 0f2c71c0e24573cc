"""A form's rules as JSON, so that the page settles a round without asking us.

The page's `channels/static_src/feel/logic.js` mirrors `rounds.settle` by this plan. A rule only we can work out is
null in it: then the page asks us for the round.
"""

from collections.abc import Iterable
from typing import Any

from zhongshu.engine.decisions.rules import portable
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.intake.rules.shape import Turn


def plan(turns: Iterable[Turn]) -> dict[str, Any]:
    """The plan of a form whose questions take their turns in this order; what goes without saying is left out."""
    return {"turns": [_turn(turn) for turn in turns]}


def _turn(turn: Turn) -> dict[str, Any]:
    field = turn.field
    said = {
        "many": field.many,
        "most": field.limits.get("maxItems", 0),
        "required": field.required,
        "visible": _rules(turn.visible),
        "mandatory": _rules([field.mandatory]),
        "computed": _rules([field.computed]),
        "names": [inner.name for inner in field.fields],
        "rows": [_turn(inner) for inner in turn.rows],
    }
    return {"name": field.name, "kind": field.kind} | {key: value for key, value in said.items() if value}


def _rules(rules: Iterable[Expression | None]) -> list[dict[str, Any] | None]:
    return [portable.written(rule) for rule in rules if rule is not None]
