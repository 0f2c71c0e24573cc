"""An expression once read: frozen nodes, from which closures are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from typing import Literal as OneOf

from zhongshu.engine.decisions.rules.types import Type


class Node:
    """Any part of an expression that has a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written out."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A value known by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """What lies at `base.key.key`."""

    base: Node
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[test]`: the items for which the test is true, or the one at a place; `weight` as in For."""

    base: Node
    test: Node
    weight: int


@dataclass(frozen=True, slots=True)
class Contexting(Node):
    """`{key: value, …}`; an entry may use those before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """`[a, b, c]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[low..high]`, open or closed at each end; `(< high)` and its like have a sign and one end."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Steps(Node):
    """`first..last` of a loop, upwards or downwards, both ends included."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`first sign operand sign operand …`, worked from the left; all signs of one precedence."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left sign right`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Test(Node):
    """One thing a value may meet: `sign operand`, or without a sign: be equal to it, or lie in it.

    One that asks about `?` itself is met if it is true.
    """

    sign: str
    operand: Node
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`value in (test, test)`: one met test is enough."""

    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """What a cell of a table asks of `?`: one met test is enough, or none if negated; without tests, anything."""

    tests: tuple[Test, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`part and part …` or `part or part …`, three-valued."""

    word: OneOf["and", "or"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Condition(Node):
    """`if test then chosen else otherwise`."""

    test: Node
    chosen: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some|every name in values … satisfies body`; `weight` is the length of the body in words."""

    word: OneOf["some", "every"]
    bindings: tuple[tuple[str, Node], ...]
    body: Node
    weight: int


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for name in values … return body`; `weight` is the length of the body in words."""

    bindings: tuple[tuple[str, Node], ...]
    body: Node
    weight: int


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(argument, …)`, one of the built-in functions; the arguments may be named."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invocation(Node):
    """`callee(argument, …)`, where the callee is a value."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defining(Node):
    """`function(parameter: type, …) body`."""

    parameters: tuple[tuple[str, Type], ...]
    body: Node
    weight: int


def children(part: Any) -> Iterator[Node]:
    """The nodes right below a node, or in a tuple of nodes."""
    values = part if isinstance(part, tuple) else (getattr(part, name) for name in part.__slots__)
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from children(value)


def height(root: Node) -> int:
    """How many nodes lie on the longest way down."""
    level, count = [root], 0
    while level:
        level, count = [child for node in level for child in children(node)], count + 1
    return count
