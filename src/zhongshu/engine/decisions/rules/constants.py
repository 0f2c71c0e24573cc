"""What is written out is worked out once: `date("2026-03-01")` is as much a value as `5`, and so is `-5`."""

from dataclasses import fields, replace
from typing import Any

from zhongshu.engine.decisions.rules import functions, tree
from zhongshu.engine.decisions.rules.arithmetic import negate
from zhongshu.engine.decisions.rules.closures import Scope

MAKERS = frozenset({"date", "time", "date and time", "duration"})


def folded(node: tree.Node) -> tree.Node:
    """The same expression with such parts as literals; what would be null stays, so that the author is told why."""
    changed = {field.name: _folded(getattr(node, field.name)) for field in fields(node)}  # type: ignore[arg-type]
    if any(new is not getattr(node, name) for name, new in changed.items()):
        node = replace(node, **changed)  # type: ignore[type-var]
    value = _value(node)
    return node if value is None else tree.Literal(value)


def _folded(part: Any) -> Any:
    if isinstance(part, tree.Node | tree.Test):
        return folded(part)
    if not isinstance(part, tuple):
        return part
    found = tuple(_folded(each) for each in part)
    return found if any(new is not old for new, old in zip(found, part, strict=True)) else part


def _value(node: tree.Node) -> Any:
    match node:
        case tree.Negation(tree.Literal(value)):
            return negate(value)
        case tree.Call(name, arguments, ()) if name in MAKERS:
            written = [each.value for each in arguments if isinstance(each, tree.Literal)]
            return functions.TABLE[name].call(Scope({}), written) if len(written) == len(arguments) else None
    return None
