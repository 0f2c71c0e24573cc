"""The responsibility table as people read it: pages of what is in force, its past, and what is broken in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhongshu.base.permissions.rules import Scope
from zhongshu.engine.dispatch.models import Responsibility, Version
from zhongshu.engine.dispatch.queries.written import bodies, table
from zhongshu.engine.dispatch.rules.table import Row, Table
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

PAGE = 50
SOON = timedelta(days=14)
"""How long before its period ends a row is shown to its owner."""
MOST_SHOWN = 50

Gone = Literal["body", "category", "place"]


@dataclass(frozen=True, slots=True)
class After:
    """Where the next page begins: behind this row."""

    place: int
    category: str
    id: int

    def __str__(self) -> str:
        return f"{self.place}~{self.category}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """The place in a page's address; None (the first page) when it is not one."""
        place, category, id_ = (*text.split("~"), "", "", "")[:3]
        if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in (place, id_)):
            return None
        return cls(int(place), category, int(id_))


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader looks for: rows over or under a category and a place, and of a body."""

    category: str = ""
    place: int | None = None
    body: int | None = None


def page(wanted: Filter, at: datetime, after: After | None = None, limit: int = PAGE) -> list[Responsibility]:
    """One page of the rows in force, widest places first, each with the version it began with; one statement."""
    found = _in_force(at).select_related("begun")
    if wanted.category:
        found = found.filter(_along_category(wanted.category))
    if wanted.place is not None:
        found = found.filter(_along_place(wanted.place))
    if wanted.body is not None:
        found = found.filter(body=wanted.body)
    return list(found.filter(_behind(after)).order_by("place", "category", "id")[:limit])


def _in_force(at: datetime) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)


def _along_category(code: str) -> Q:
    over = [code[:length] for length in range(0, len(code), 2)]
    return Q(category__startswith=code) | Q(category__in=over)


def _along_place(code: int) -> Q:
    """The places that contain this one, itself, and those inside it: a range of codes for each finer level."""
    found = Q(place__in=codes.ancestors(code))
    for level in codes.LENGTHS:
        if (finer := level - len(str(code))) > 0:
            found |= Q(place__range=(code * 10**finer, (code + 1) * 10**finer - 1))
    return found


def _behind(after: After | None) -> Q:
    if after is None:
        return Q()
    return (
        Q(place__gt=after.place)
        | Q(place=after.place, category__gt=after.category)
        | Q(place=after.place, category=after.category, id__gt=after.id)
    )


def row(id_: int) -> Responsibility | None:
    """The row with this id, in force or not."""
    return Responsibility.objects.select_related("begun", "ended").filter(pk=id_).first()


def bodies_of(ids: Iterable[int]) -> dict[int, int]:
    """Whose these rows are or were, by id; one statement, none for no rows."""
    wanted = set(ids)
    return dict(Responsibility.objects.filter(pk__in=wanted).values_list("pk", "body")) if wanted else {}


def periods(category: str, place: int, limit: int = 100) -> list[Responsibility]:
    """Every row there ever was at a crossing, newest first, with the versions it came and went with."""
    found = Responsibility.objects.filter(category=category, place=place).select_related("begun", "ended")
    return list(found.order_by("-starts", "-id")[:limit])


def versions(after: int | None = None, limit: int = PAGE) -> list[Version]:
    """The changes that were approved, newest first; `after` is the number the page before ended with."""
    found = Version.objects.filter(number__lt=after) if after is not None else Version.objects.all()
    return list(found.order_by("-number")[:limit])


def ending(scope: Scope, at: datetime) -> list[Responsibility]:
    """Rows in the scope whose period ends soon and that no other row takes over from, earliest first."""
    heirs = Responsibility.objects.filter(
        category=OuterRef("category"), place=OuterRef("place"), starts=OuterRef("ends")
    )
    found = Responsibility.objects.filter(
        ~Exists(heirs), ends__gt=at, ends__lte=at + SOON, starts__lte=at
    ).order_by("ends", "id")  # fmt: skip
    held = (row for row in found[: 10 * MOST_SHOWN] if scope.covers(codes.ancestors(row.place)))
    return list(held)[:MOST_SHOWN]


def broken(scope: Scope, at: datetime) -> list[tuple[Row, tuple[Gone, ...]]]:
    """Rows in force in the scope whose body or category has ended or whose place is no more, with what is gone.

    Rows are only looked through when something named by the table is gone.
    """
    whole = table()
    gone = _gone_bodies(whole), _gone_categories(whole), _gone_places(whole)
    if not any(gone):
        return []
    rows = (row for here in whole.by_place.values() for row in here if row.in_force(at))
    found = ((row, _missing(row, *gone)) for row in rows)
    held = (pair for pair in found if pair[1] and scope.covers(codes.ancestors(pair[0].place)))
    return [pair for pair, _ in zip(held, range(MOST_SHOWN), strict=False)]


def _gone_bodies(whole: Table) -> frozenset[int]:
    return whole.bodies - bodies().living


def _gone_categories(whole: Table) -> frozenset[str]:
    known = catalogue.tree()
    return frozenset(c for c in whole.categories if c and (c not in known or known[c].ended is not None))


def _gone_places(whole: Table) -> frozenset[int]:
    missing = frozenset(whole.by_place) - places.tree().names.keys()
    return missing - places.names(missing, standing=True).keys() if missing else missing


def _missing(
    row: Row, gone_bodies: frozenset[int], gone_categories: frozenset[str], gone_places: frozenset[int]
) -> tuple[Gone, ...]:
    found: list[tuple[Gone, bool]] = [
        ("body", row.body in gone_bodies),
        ("category", row.category in gone_categories),
        ("place", row.place in gone_places),
    ]
    return tuple(name for name, is_gone in found if is_gone)
