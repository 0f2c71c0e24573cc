"""The regions of the city, kept in memory: what lists and drop-downs name by the dozen."""

from dataclasses import dataclass

from zhongshu.base.journal.caches import Cached
from zhongshu.registers.places.models import Region
from zhongshu.registers.places.queries.edition import SUBJECT
from zhongshu.registers.places.queries.names import Name
from zhongshu.registers.places.rules import codes


@dataclass(frozen=True, slots=True)
class Tree:
    """Every region's name by code, in the order of the codes, and the regions directly inside each."""

    names: dict[int, Name]
    parts: dict[int, tuple[int, ...]]

    @property
    def root(self) -> int:
        """The code under which everything lies: every reach begins with it. 0 when there are no regions."""
        return next((codes.ancestors(code)[0] for code in self.names), 0)

    def path(self, code: int | str, coarsest: int = codes.Level.DISTRICT) -> tuple[Name, ...]:
        """The names of the regions that hold a place, widest first, from `coarsest` down; cells have none here."""
        held = (above for above in codes.ancestors(code) if codes.level_of(above) >= coarsest)
        return tuple(self.names[above] for above in held if above in self.names)


def tree() -> Tree:
    """All regions; two statements a process and edition."""
    return _tree()


def root() -> int:
    """The place that holds everything, for lists that are not limited to a part of the city."""
    return _tree().root


def _read() -> Tree:
    rows = Region.objects.order_by("code").values_list("code", "parent_id", "name", "name_en")
    names, parts = {}, dict[int, list[int]]()
    for code, parent, name, name_en in rows:
        names[int(code)] = Name(name, name_en or name)
        if parent:
            parts.setdefault(int(parent), []).append(int(code))
    return Tree(names, {code: tuple(inside) for code, inside in parts.items()})


_tree: Cached[Tree] = Cached(SUBJECT, _read)
