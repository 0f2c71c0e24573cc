"""Item definitions: the types a model names (DMN 1.5 §7.3.2)."""

from collections.abc import Callable, Mapping
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.closures import Exhausted, Scope
from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.surroundings import Surroundings
from zhongshu.engine.decisions.rules.types import ANY, NAMED, Allowed, ContextOf, FunctionOf, ListOf, Type

MOST_WORK = 2_000  # a test is asked of every item of a list


class Items:
    """The types of one model by name; each is read when it is first asked for, so that their order is free."""

    def __init__(self, root: Element, imported: Mapping[str, Type]) -> None:
        self._written = {one.get("name", ""): one for one in source.children(root, "itemDefinition")}
        self._known: dict[str, Type] = dict(imported)
        self._open: set[str] = set()

    def all(self) -> dict[str, Type]:
        """Every type by name."""
        for name in self._written:
            self.named(name)
        return self._known

    def named(self, reference: str | None) -> Type:
        """The type a typeRef names; Any for one nobody knows, or for one made of itself."""
        name = (reference or "Any").strip().removeprefix("feel:")
        name = name.split(":")[-1] if name not in self._written and ":" in name else name
        if name not in self._known:
            if name not in self._written or name in self._open:
                return NAMED.get(name, ANY)
            self._open.add(name)
            self._known[name] = self._read(self._written[name])
            self._open.discard(name)
        return self._known[name]

    def _read(self, item: Element) -> Type:
        found = self._constrained(self._base(item), source.child(item, "allowedValues"))
        if item.get("isCollection") == "true":
            found = ListOf(found)
        return self._constrained(found, source.child(item, "typeConstraint"))

    def _base(self, item: Element) -> Type:
        parts = list(source.children(item, "itemComponent"))
        if parts:
            return ContextOf(tuple((part.get("name", ""), self._read(part)) for part in parts))
        function = source.child(item, "functionItem")
        if function is not None:
            parameters = tuple(self.named(part.get("typeRef")) for part in source.children(function, "parameters"))
            return FunctionOf(parameters, self.named(function.get("outputTypeRef")))
        written = source.child(item, "typeRef")
        return self.named(written.text if written is not None else item.get("typeRef"))

    def _constrained(self, base: Type, constraint: Element | None) -> Type:
        written = source.text(constraint)
        return Allowed(base, allowing(written, Surroundings())) if written else base


def allowing(written: str, around: Surroundings) -> Callable[[Any], bool]:
    """Whether a value is among those a unary test allows; one that cannot be read allows everything."""
    try:
        closure = feel.read_tests(written, around).closure
    except feel.SyntaxProblem:
        return lambda value: True

    def allowed(value: Any) -> bool:
        try:
            scope = Scope({"?": value})
            scope.work = MOST_WORK
            return closure(scope) is True
        except (Exhausted, RecursionError, ArithmeticError):
            return False

    return allowed
