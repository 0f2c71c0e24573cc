"""Figures of a list of numbers (§10.3.4.4); each takes a list, or its items one by one."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Any

from zhongshu.engine.decisions.rules.arithmetic import calculate
from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.values import DECIMAL128, clean, compare, kind, number


def figure(name: str, *, of: str = "") -> Callable[[Callable[[list[Any]], Any]], Callable[[list[Any]], Any]]:
    """Declares a figure of a list; with `of`, one whose every item must be of that kind."""

    def declare(answer: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
        def answered(values: list[Any]) -> Any:
            items = [clean(value) for value in values]
            return None if of and any(kind(item) != of for item in items) else answer(items)

        built_in(name, "list: list")(answered)
        built_in(name, "c: any*")(lambda *values: answered(list(values)) if len(values) > 1 else None)
        return answer

    return declare


@figure("sum")
def total(items: list[Any]) -> Any:
    """The sum of numbers or of durations of one kind; null if there are none."""
    if not items or any(kind(item) not in _SUMMED for item in items):
        return None
    return reduce(lambda left, right: calculate("+", left, right), items)


_SUMMED = ("number", "days and time duration", "years and months duration")


@figure("mean")
def mean(items: list[Any]) -> Any:
    """The sum divided by the count."""
    return calculate("/", total(items), len(items)) if items else None


@figure("product", of="number")
def product(items: list[Any]) -> Any:
    """All numbers multiplied; null if there are none."""
    return reduce(lambda left, right: calculate("*", left, right), items) if items else None


@figure("median", of="number")
def median(items: list[Any]) -> Any:
    """The middle one, or halfway between the two in the middle."""
    ordered, middle = sorted(items), len(items) // 2
    if not items or len(items) % 2:
        return ordered[middle] if items else None
    return calculate("/", calculate("+", ordered[middle - 1], ordered[middle]), 2)


@figure("stddev", of="number")
def deviation(items: list[Any]) -> Any:
    """The standard deviation of a sample; null for fewer than two numbers."""
    if len(items) < 2:
        return None
    middle = calculate("/", total(items), len(items))
    squares = [calculate("**", calculate("-", item, middle), 2) for item in items]
    return number(DECIMAL128.sqrt(Decimal(calculate("/", total(squares), len(items) - 1))))


@figure("mode", of="number")
def mode(items: list[Any]) -> list[Any]:
    """The numbers that come most often, in rising order."""
    counts: dict[Any, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)


def _extreme(sign: str) -> Callable[[list[Any]], Any]:
    def choose(items: list[Any]) -> Any:
        best = items[0] if items else None
        for item in items:
            closer = compare(sign, item, best)
            if closer is None:
                return None
            best = item if closer else best
        return best

    return choose


least = figure("min")(_extreme("<"))
greatest = figure("max")(_extreme(">"))
