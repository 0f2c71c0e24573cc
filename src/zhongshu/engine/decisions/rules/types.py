"""What `instance of` and a `typeRef` ask of a value (DMN 1.5 §10.3.2.9, conformance of types)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.decisions.rules.values import Function, Range, Spend, clean, free, kind


class Type:
    """A set of values."""

    __slots__ = ()

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether a value that is not null belongs to the type."""
        raise TypeError(f"{type(self).__name__} does not say what it holds")

    def within(self, other: "Type") -> bool:
        """Whether every value of this type is one of the other."""
        return self == other or other == ANY


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """A type without parts, by its name; Any holds everything, Null nothing."""

    name: str

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether the value is of this kind."""
        return self.name == "Any" or kind(value) == self.name

    def within(self, other: Type) -> bool:
        """As above; nothing is within everything."""
        return self.name == "Null" or self == other or other == ANY


ANY = Simple("Any")


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    """A list whose items are all of one type."""

    item: Type

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether it is such a list; a null item belongs to every type."""
        if kind(value) != "list":
            return False
        spend(1 + len(value))
        return all(each is None or self.item.holds(clean(each), spend) for each in value)

    def within(self, other: Type) -> bool:
        """A list of less is a list of more."""
        return other == ANY or (isinstance(other, ListOf) and self.item.within(other.item))


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    """A range whose ends are of one type."""

    item: Type

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether it is such a range; an end that is null says nothing."""
        return isinstance(value, Range) and all(end is None or self.item.holds(end) for end in (value.low, value.high))

    def within(self, other: Type) -> bool:
        """A range of less is a range of more."""
        return other == ANY or (isinstance(other, RangeOf) and self.item.within(other.item))


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    """A context that has at least these entries, each of its type."""

    entries: tuple[tuple[str, Type], ...]

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether it has every entry; an entry may be null, but not be missing."""
        spend(1 + len(self.entries))
        return isinstance(value, Mapping) and all(
            name in value and (value[name] is None or entry.holds(clean(value[name]), spend))
            for name, entry in self.entries
        )

    def within(self, other: Type) -> bool:
        """A context that says more is one that says less."""
        if not isinstance(other, ContextOf):
            return other == ANY
        own = dict(self.entries)
        return all(name in own and own[name].within(entry) for name, entry in other.entries)


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """A function that takes these and answers that; without parameters written, any of them."""

    parameters: tuple[Type, ...]
    result: Type

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether the function takes at least what this one takes, and answers no more."""
        return isinstance(value, Function) and value.shape is not None and value.shape.within(self)

    def within(self, other: Type) -> bool:
        """Parameters may be wider, the answer narrower."""
        if not isinstance(other, FunctionOf):
            return other == ANY
        if len(self.parameters) != len(other.parameters):
            return False
        wider = all(theirs.within(own) for own, theirs in zip(self.parameters, other.parameters, strict=True))
        return wider and self.result.within(other.result)


@dataclass(frozen=True, slots=True)
class Allowed(Type):
    """The values of a type that pass a test."""

    base: Type
    test: Callable[[Any], bool]

    def holds(self, value: Any, spend: Spend = free) -> bool:
        """Whether it is of the type and passes."""
        spend(10)
        return self.base.holds(value, spend) and self.test(value)

    def within(self, other: Type) -> bool:
        """Fewer are among more."""
        return self == other or self.base.within(other)


NAMED: dict[str, Type] = {
    "Any": ANY,
    "Null": Simple("Null"),
    "number": Simple("number"),
    "string": Simple("string"),
    "boolean": Simple("boolean"),
    "date": Simple("date"),
    "time": Simple("time"),
    "date and time": Simple("date and time"),
    "dateTime": Simple("date and time"),
    "days and time duration": Simple("days and time duration"),
    "dayTimeDuration": Simple("days and time duration"),
    "years and months duration": Simple("years and months duration"),
    "yearMonthDuration": Simple("years and months duration"),
    "list": ListOf(ANY),
    "context": ContextOf(()),
    "range": RangeOf(ANY),
}


def coerced(wanted: Type, value: Any, spend: Spend = free) -> Any:
    """The value as the type wants it: itself, the one item of a list, a list of itself, or null (§10.3.2.9.4)."""
    if value is None or wanted.holds(value, spend):
        return value
    if kind(value) == "list":
        return clean(value[0]) if len(value) == 1 and wanted.holds(clean(value[0]), spend) else None
    return [value] if isinstance(_bare(wanted), ListOf) and wanted.holds([value], spend) else None


def unconstrained(wanted: Type) -> Type:
    """The type without the tests its values must pass, which `instance of` does not ask."""
    match wanted:
        case Allowed(base):
            return unconstrained(base)
        case ListOf(item):
            return ListOf(unconstrained(item))
        case ContextOf(entries):
            return ContextOf(tuple((name, unconstrained(entry)) for name, entry in entries))
    return wanted


def _bare(wanted: Type) -> Type:
    while isinstance(wanted, Allowed):
        wanted = wanted.base
    return wanted
