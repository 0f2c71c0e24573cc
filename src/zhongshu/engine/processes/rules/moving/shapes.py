"""Where a case stands, without numbers and names: cases of one version and shape are moved alike."""

import hashlib
import json
from collections.abc import Iterable

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.marking import Marking, Token

Tree = list[tuple[str, str | None, "Tree"]]


def shape(net: nets.Net, marking: Marking) -> str:
    """A short name of what `judge` looks at; how many instances of one task are open makes no difference."""
    held: dict[int | None, list[Token]] = {}
    for token in marking.tokens:
        held.setdefault(token.parent, []).append(token)
    plain = json.dumps(_tree(net, held, None), separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _tree(net: nets.Net, held: dict[int | None, list[Token]], holder: int | None) -> Tree:
    inside = held.get(holder, ())
    single = [(t.at, _via(net, t), _tree(net, held, t.id)) for t in inside if t.index is None]
    return _sorted(single) + _once((t.at, None, _tree(net, held, t.id)) for t in inside if t.index is not None)


def _via(net: nets.Net, token: Token) -> str | None:
    return token.via if isinstance(net.elements[token.at], nets.Join) else None


def _once(instances: Iterable[tuple[str, str | None, Tree]]) -> Tree:
    return _sorted({json.dumps(each): each for each in instances}.values())


def _sorted(tree: Iterable[tuple[str, str | None, Tree]]) -> Tree:
    return sorted(tree, key=json.dumps)
