"""Functions of truth (§10.3.4.2 and 10.3.4.4)."""

from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.temporal import same_form
from zhongshu.engine.decisions.rules.values import clean, equal, kind


@built_in("not", "negand: any")
def opposite(value: Any) -> bool | None:
    """true for false, false for true, null for anything else."""
    return not value if isinstance(value, bool) else None


@built_in("all", "list: list")
def every_one(values: list[Any]) -> bool | None:
    """false if one is false, else null if one is neither true nor false, else true."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


@built_in("any", "list: list")
def any_one(values: list[Any]) -> bool | None:
    """true if one is true, else null if one is neither true nor false, else false."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


built_in("all", "list: any*")(lambda *values: every_one(list(values)))
built_in("any", "list: any*")(lambda *values: any_one(list(values)))


@built_in("is", "value1: any, value2: any", scoped=True)
def same(scope: Any, left: Any, right: Any) -> bool:
    """Whether two values are one element of FEEL's domain: equal, and written with the same zone."""
    if kind(left) != kind(right):
        return False
    return same_form(left, right) and equal(clean(left), clean(right), scope.spend) is True
