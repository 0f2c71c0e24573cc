"""The regions of the city, kept in memory: what lists and drop-downs name by the dozen."""

from dataclasses import dataclass, field
from datetime import datetime

from zhongshu.base.journal.caches import Cached
from zhongshu.registers.places.models import Past, Region
from zhongshu.registers.places.queries.edition import SUBJECT
from zhongshu.registers.places.queries.names import Name
from zhongshu.registers.places.rules import codes


@dataclass(frozen=True, slots=True)
class Tree:
    """Every region's name by code, in the order of the codes, and the regions directly inside each.

    `ended` are the names of regions that are no more; `former` what regions were called before, each until when, the
    oldest first.
    """

    names: dict[int, Name]
    parts: dict[int, tuple[int, ...]]
    ended: dict[int, Name] = field(default_factory=dict)
    former: dict[int, tuple[tuple[datetime, Name], ...]] = field(default_factory=dict)

    @property
    def root(self) -> int:
        """The code under which everything lies: every reach begins with it. 0 when there are no regions."""
        return next((codes.ancestors(code)[0] for code in self.names), 0)

    def path(
        self, code: int | str, coarsest: int = codes.Level.DISTRICT, at: datetime | None = None
    ) -> tuple[Name, ...]:
        """The names of the regions that hold a place, widest first, from `coarsest` down; cells have none here.

        With `at`, as they were called then; regions that have ended keep the name they had.
        """
        held = (above for above in codes.ancestors(code) if codes.level_of(above) >= coarsest)
        return tuple(name for above in held if (name := self.called(above, at)))

    def called(self, code: int, at: datetime | None = None) -> Name | None:
        """What a region is called, or was at a moment; None when there never was one."""
        then = (name for until, name in self.former.get(code, ()) if at is not None and at < until)
        return next(then, None) or self.names.get(code) or self.ended.get(code)


def tree() -> Tree:
    """All regions; three statements a process and edition."""
    return _tree()


def root() -> int:
    """The place that holds everything, for lists that are not limited to a part of the city."""
    return _tree().root


def _read() -> Tree:
    rows = Region.objects.order_by("code").values_list("code", "parent_id", "name", "name_en", "ended")
    names, ended = dict[int, Name](), dict[int, Name]()
    parts = dict[int, list[int]]()
    for code, parent, name, name_en, end in rows:
        (ended if end else names)[int(code)] = Name(name, name_en or name)
        if parent and not end:
            parts.setdefault(int(parent), []).append(int(code))
    return Tree(names, {code: tuple(inside) for code, inside in parts.items()}, ended, _former())


def _former() -> dict[int, tuple[tuple[datetime, Name], ...]]:
    """What regions were called before; those whose outline alone has changed are passed by."""
    found: dict[int, list[tuple[datetime, Name]]] = {}
    renamed = Past.objects.filter(renamed=True, code__regex=r"^.{1,12}$").order_by("code", "until")
    for code, until, name, name_en in renamed.values_list("code", "until", "name", "name_en"):
        found.setdefault(int(code), []).append((until, Name(name, name_en or name)))
    return {code: tuple(names) for code, names in found.items()}


_tree: Cached[Tree] = Cached(SUBJECT, _read)
