"""Which ancestors a page of cases is walked by: as few walks as a scope needs, each by its narrowest ancestor."""

from collections.abc import Iterable, Mapping

from zhongshu.base.permissions.rules import Scope, body_key
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places.rules import codes

Keys = tuple[int, ...]


def walks(scope: Scope, root: int, under: int | None) -> list[Keys]:
    """For each pair of the scope that needs a walk the ancestors a case must have, the narrowest first.

    Left out are pairs that lie within another, and of a pair what its other members lie under. `root`, over everything,
    stands for a pair without members; `under` is one more ancestor.
    """
    pairs = [
        tuple(key for key in (None if body is None else body_key(body), place) if key is not None)
        for body, place in scope.pairs
    ]
    more = () if under is None else (under,)
    if len(pairs) == 1 and len(pairs[0]) + len(more) < 2:
        return [pairs[0] or more or (root,)]
    bodies = people.tree()
    above = {key: _above(key, bodies) for key in {root, *more, *(key for keys in pairs for key in keys)}}
    found = (_narrowest_first((*keys, *more), root, above) for keys in _outermost(pairs, above))
    return list(dict.fromkeys(keys or (root,) for keys in found))


def _above(key: int, bodies: Mapping[int, Body]) -> Keys:
    """What a place or body lies under, itself included."""
    if key > 0:
        return codes.ancestors(key)
    found = bodies.get(-key)
    return tuple(body_key(body) for body in found.lineage) if found else (key,)


def _outermost(pairs: list[Keys], above: Mapping[int, Keys]) -> Iterable[Keys]:
    """The pairs without those that another one covers whole."""
    over = [{one for key in keys for one in above[key]} for keys in pairs]
    return (
        keys for n, keys in enumerate(pairs)
        if not any(m != n and over[n].issuperset(other) for m, other in enumerate(pairs))
    )  # fmt: skip


def _narrowest_first(keys: Keys, root: int, above: Mapping[int, Keys]) -> Keys:
    if len(keys) < 2:
        return keys
    needed = [key for key in dict.fromkeys(keys) if not any(key in above[other] for other in keys if other != key)]
    top = {True: len(above[root]), False: 1}
    return tuple(sorted(needed, key=lambda key: (top[key > 0] - len(above[key]), key > 0)))
