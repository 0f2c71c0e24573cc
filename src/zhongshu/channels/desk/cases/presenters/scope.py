"""What a list of cases may be narrowed to: the places and bodies the visitor may see into."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhongshu.base.permissions.rules import Scope, body_key
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Option:
    """An ancestor to choose: its key in a reach, its name indented by depth, whether it is chosen."""

    key: str
    name: str
    chosen: bool


def place_options(scope: Scope, chosen: int | None) -> list[Option]:
    """The places of the scope with the regions right inside them, and inside the chosen one."""
    tree = places.tree()
    tops = sorted({place if place is not None else tree.root for _, place in scope.pairs} & tree.names.keys())
    found: dict[int, int] = {}
    for top in tops:
        _unfold(top, 0, chosen, tree, found)
    return [
        Option(str(code), _indented(names.joined([tree.names[code]]), depth), code == chosen)
        for code, depth in found.items()
    ]


def _unfold(code: int, depth: int, chosen: int | None, tree: places.Tree, found: dict[int, int]) -> None:
    """The region and what is inside it: one level, deeper on the way to the chosen one."""
    found.setdefault(code, depth)
    parts = tree.parts.get(code, ())
    on_the_way = chosen is not None and str(chosen).startswith(str(code))
    if depth == 0 or on_the_way or len(parts) == 1:
        for part in parts:
            _unfold(part, depth + 1, chosen, tree, found)


def body_options(scope: Scope, chosen: int | None) -> list[Option]:
    """The living bodies under the scope's; all where the scope is not limited to a body."""
    known = people.tree()
    tops = {body for body, _ in scope.pairs}
    held = (b for b in known.values() if b.ended is None and (None in tops or tops & set(b.lineage)))
    return [
        Option(
            str(body_key(body.pk)),
            _indented(names.local(body), len(body.lineage) - 1),
            body_key(body.pk) == chosen,
        )
        for body in _as_tree(held)
    ]


def _as_tree(bodies: Iterable[Body]) -> list[Body]:
    return sorted(bodies, key=lambda body: body.lineage)


def _indented(name: str, depth: int) -> str:
    return "　" * depth + name


def ancestor(text: str) -> int | None:
    """The place or body a page's address narrows to; None when it is neither."""
    try:
        key = int(text)
    except ValueError:
        return None
    known = key in places.tree().names or -key in people.tree()
    return key if known else None


def name(key: int) -> str:
    """What an ancestor is called."""
    return names.body(-key) if key < 0 else names.joined([places.tree().names[key]])
