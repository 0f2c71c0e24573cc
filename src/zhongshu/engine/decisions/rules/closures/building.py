"""Where every family of nodes says how it is built."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.closures.scope import Scope

Closure = Callable[[Scope], Any]


def written(node: tree.Node) -> Any:
    """The value a node writes out; null if it has to be worked out."""
    return node.value if isinstance(node, tree.Literal) else None


@singledispatch
def build(node: tree.Node) -> Closure:
    """The closure that works out a node."""
    raise TypeError(f"no closure for {type(node).__name__}")
