"""How what two people did to one folder meets: file by file. Pure.

A folder here is name → digest of the text; an absent name is a file that is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Folder = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """The folder both make together, and the names both changed, each in a way of their own."""

    folder: dict[str, str]
    clashes: tuple[str, ...]


def changed(before: Folder, after: Folder) -> tuple[str, ...]:
    """The names that were added, removed or now say something else, in order."""
    return tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))


def merged(base: Folder, ours: Folder, theirs: Folder) -> Merged:
    """What becomes of `base` when both changes are made; where both changed a name differently, ours is taken."""
    mine = set(changed(base, ours))
    folder, clashes = dict(ours), []
    for name in changed(base, theirs):
        if name not in mine:
            _put(folder, name, theirs)
        elif ours.get(name) != theirs.get(name):
            clashes.append(name)
    return Merged(folder, tuple(clashes))


def _put(folder: dict[str, str], name: str, source: Folder) -> None:
    if name in source:
        folder[name] = source[name]
    else:
        folder.pop(name, None)
