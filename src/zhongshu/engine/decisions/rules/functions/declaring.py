"""How a built-in says what it takes, and how its arguments are brought to that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhongshu.engine.decisions.rules.values import Function, bounded, clean, kind

IS_DEFINED = "is defined"
MANY = 10_000
_UNFIT = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: its name, the kinds it may have (`any`: all, null too), and whether it may be left out."""

    name: str
    kinds: frozenset[str]
    optional: bool
    many: bool

    def fit(self, value: Any) -> Any:
        """The value as this parameter takes it; _UNFIT if it does not.

        The one item of a list stands for the item, an item for the list of it (§10.3.2.9.4).
        """
        found = kind(value)
        if found in self.kinds or "any" in self.kinds or (value is None and self.optional):
            return value
        if found == "list" and len(value) == 1 and kind(item := clean(value[0])) in self.kinds:
            return item
        return [value] if "list" in self.kinds and value is not None else _UNFIT


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in."""

    parameters: tuple[Parameter, ...]
    answer: Callable[..., Any]
    scoped: bool
    fewest: int = field(init=False)
    most: int = field(init=False)

    def __post_init__(self) -> None:
        many = bool(self.parameters) and self.parameters[-1].many
        object.__setattr__(self, "fewest", sum(not parameter.optional for parameter in self.parameters))
        object.__setattr__(self, "most", MANY if many else len(self.parameters))

    def takes(self, count: int) -> bool:
        """Whether so many arguments are neither too few nor too many."""
        return self.fewest <= count <= self.most

    def fitted(self, values: Sequence[Any]) -> list[Any] | None:
        """The arguments as this signature takes them; None if one of them does not fit."""
        if not self.fewest <= len(values) <= self.most:
            return None
        fit, last = [], len(self.parameters) - 1
        for place, value in enumerate(values):
            parameter = self.parameters[place if place < last else last]
            found = value if kind(value) in parameter.kinds else parameter.fit(value)
            if found is _UNFIT:
                return None
            fit.append(found)
        return fit

    def ordered(self, names: Sequence[str]) -> list[int] | None:
        """For each parameter in turn, the place of its argument among the names; None if they do not belong.

        A parameter left out is -1; one that takes anything is null then.
        """
        own = [parameter.name for parameter in self.parameters]
        if not set(names) <= set(own):
            return None
        order = [names.index(name) if name in names else -1 for name in own]
        needed = [one for place, one in zip(order, self.parameters, strict=True) if place < 0 and not one.optional]
        return order if all("any" in parameter.kinds for parameter in needed) else None


@dataclass(slots=True, eq=False)
class BuiltIn(Function):
    """A function every expression knows."""

    name: str
    signatures: tuple[Signature, ...]
    shape: Any = None
    parameters: tuple[str, ...] = ()

    def takes(self, count: int, names: Sequence[str] = ()) -> bool:
        """Whether it can be called with so many arguments, or with these names."""
        if names:
            return any(signature.ordered(names) is not None for signature in self.signatures)
        return any(signature.takes(count) for signature in self.signatures)

    def call(self, scope: Any, arguments: Sequence[Any]) -> Any:
        """The answer of the first signature the arguments fit; null if they fit none, with a note why."""
        _pay(scope, arguments)
        for signature in self.signatures:
            values = signature.fitted(arguments)
            if values is not None:
                return self._answer(signature, values, scope)
        scope.note("函数“{function}”不接受这样的参数。", function=self.name)
        return None

    def call_named(self, scope: Any, names: Sequence[str], arguments: Sequence[Any]) -> Any:
        """The same with arguments by name."""
        _pay(scope, arguments)
        for signature in self.signatures:
            order = signature.ordered(names)
            if order is not None:
                values = [arguments[place] if place >= 0 else None for place in order]
                while values and order[len(values) - 1] < 0 and signature.parameters[len(values) - 1].optional:
                    values.pop()
                fit = signature.fitted(values)
                if fit is not None:
                    return self._answer(signature, fit, scope)
        scope.note("函数“{function}”不接受这样的参数。", function=self.name)
        return None

    def _answer(self, signature: Signature, values: list[Any], scope: Any) -> Any:
        try:
            answer = signature.answer(scope, *values) if signature.scoped else signature.answer(*values)
        except (ArithmeticError, ValueError, TypeError):
            answer = None
        answer = bounded(answer)
        if isinstance(answer, str):
            scope.spend(len(answer) >> 6)
        if answer is None and None not in values:
            scope.note("函数“{function}”对这样的参数没有结果。", function=self.name)
        return answer


def _pay(scope: Any, arguments: Sequence[Any]) -> None:
    work = 1
    for value in arguments:
        if isinstance(value, list | tuple | Mapping):
            work += len(value)
    scope.spend(work)


TABLE: dict[str, BuiltIn] = {}


def built_in(name: str, written: str, *, scoped: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Makes a function callable from expressions by this name, one signature a line.

    `written` is like `string: string, start position: number, length: number?`: kinds are joined by `|`, a
    `?` marks what may be left out, a `*` what may be repeated. A scoped one gets the scope first.
    """
    parameters = tuple(_parameter(part) for part in written.split(",") if part.strip())

    def declare(answer: Callable[..., Any]) -> Callable[..., Any]:
        known = TABLE.setdefault(name, BuiltIn(name, ()))
        known.signatures = (*known.signatures, Signature(parameters, answer, scoped))
        return answer

    return declare


def _parameter(written: str) -> Parameter:
    name, kinds = (part.strip() for part in written.split(":"))
    many, optional = kinds.endswith("*"), kinds.endswith("?")
    return Parameter(name, frozenset(kind.strip() for kind in kinds.rstrip("*?").split("|")), optional, many)
