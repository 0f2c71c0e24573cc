"""How the expressions of a model are read: which kinds there are, and what each may use."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from zhongshu.engine.decisions.rules import feel, tree
from zhongshu.engine.decisions.rules.closures import Closure, Scope
from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.items import Items
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.problem import ForeignFunction
from zhongshu.engine.decisions.rules.surroundings import Surroundings
from zhongshu.engine.decisions.rules.types import FunctionOf, coerced

EXPRESSIONS = (
    *("literalExpression", "context", "invocation", "list", "relation", "functionDefinition", "decisionTable"),
    *("conditional", "filter", "for", "some", "every"),
)


class Refused(Exception):
    """A function of a kind that leads out of the platform; its argument is the kind."""


@dataclass(frozen=True, slots=True)
class Box:
    """Reads the boxed expressions of one model. What cannot be read is kept in `problems` and is null.

    `tables` are the decision tables read so far.
    """

    around: Surroundings
    items: Items
    problems: list[source.Unreadable]
    tables: list[Any] = field(default_factory=list)

    def inside(self, element: Element | None) -> Closure:
        """The closure of the expression in an element; null if it holds none."""
        found = None if element is None else source.child(element, *EXPRESSIONS)
        return nothing_written if found is None else self.expression(found)

    def expression(self, element: Element) -> Closure:
        """The closure of a boxed expression, whose value is brought to its type."""
        closure = KINDS[source.name(element)](self, element)
        if not element.get("typeRef") or source.name(element) == "functionDefinition":
            return closure
        wanted = self.items.named(element.get("typeRef"))
        return lambda scope: coerced(wanted, closure(scope))

    def text(self, written: str, place: Element) -> feel.Expression:
        """A FEEL text; null, with a note, if it cannot be read. `place` is the element it stands in."""
        try:
            return feel.read(written, self.around)
        except ForeignFunction as foreign:
            raise Refused(foreign.kind) from None
        except feel.SyntaxProblem as problem:
            return self.unreadable(written, problem, place)

    def unreadable(self, written: str, problem: feel.SyntaxProblem, place: Element) -> feel.Expression:
        """What stands for a text that cannot be read."""
        sentence = str(problem)
        told = "第 {line} 行的“{text}”看不懂。{why}"
        self.problems.append(source.Unreadable(told, source.line(place), text=written[:80], why=sentence))

        def nothing(scope: Scope) -> None:
            scope.note("{problem}", problem=sentence)

        return replace(NOTHING, source=written, closure=nothing)

    def parameters(self, element: Element) -> tuple[tuple[str, ...], FunctionOf]:
        """The names and the type of a function's formal parameters."""
        formal = list(source.children(element, "formalParameter"))
        types = tuple(self.items.named(each.get("typeRef")) for each in formal)
        return tuple(each.get("name", "") for each in formal), FunctionOf(
            types, self.items.named(element.get("typeRef"))
        )


def nothing_written(scope: Scope) -> None:
    """What stands for logic nobody has written."""
    scope.note("这里没有写决策逻辑。")


NOTHING = feel.Expression("", frozenset(), tree.Literal(None), nothing_written, None)
KINDS: dict[str, Callable[[Box, Element], Closure]] = {}


def boxed(name: str) -> Callable[[Callable[[Box, Element], Closure]], Callable[[Box, Element], Closure]]:
    """Makes a function the reader of the elements of this name."""

    def declare(read: Callable[[Box, Element], Closure]) -> Callable[[Box, Element], Closure]:
        KINDS[name] = read
        return read

    return declare
