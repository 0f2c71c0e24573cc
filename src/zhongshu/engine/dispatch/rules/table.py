"""The responsibility table by codes: its rows with their periods, which of them decide a case, and changes to it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.dispatch.rules import responsibility
from zhongshu.engine.dispatch.rules.duties import Duty
from zhongshu.engine.dispatch.rules.evidence import Matter, Observations
from zhongshu.engine.dispatch.rules.responsibility import Ranking

MOST_CHANGES = 20
HIGHEST_PRIORITY = 9

Saying = tuple[int | None, float, int, datetime | None]


@dataclass(frozen=True, slots=True)
class Row:
    """Cases of a category (a code or its beginning; empty: all) in a place belong to a body for a period."""

    id: int
    category: str
    place: int
    body: int
    trust: float
    priority: int
    starts: datetime
    ends: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Whether the row counts at `at` (start included, end excluded)."""
        return self.starts <= at and (self.ends is None or at < self.ends)

    @property
    def standing(self) -> tuple[int, int, int]:
        """What prevails: a higher priority, then the finer category, then the finer place."""
        return self.priority, len(self.category), len(str(self.place))

    @property
    def says(self) -> Saying:
        """Who answers, how far that is trusted, how it prevails, until when."""
        return self.body, self.trust, self.priority, self.ends


@dataclass(frozen=True, slots=True)
class Change:
    """One change at a crossing of category and place.

    `row` is the row that ends (None: none was in force there), `body` who answers from `starts` (None: from when it is
    approved) until `ends` (None: nobody is written down here any more, coarser rows and people decide).
    """

    category: str
    place: int
    row: int | None
    body: int | None
    trust: float = 0.9
    priority: int = 0
    ends: datetime | None = None
    starts: datetime | None = None

    @property
    def says(self) -> Saying:
        """The same as of the row it would make."""
        return self.body, self.trust, self.priority, self.ends

    def begins(self, at: datetime) -> datetime:
        """When the change counts if it is approved at `at`: on its day, or at once when that is past."""
        return at if self.starts is None else max(self.starts, at)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Every body that was ever founded by its one name, those that live, and these by name."""

    called: Mapping[int, str]
    living: frozenset[int]
    by_name: Mapping[str, int]

    @classmethod
    def of(cls, called: Mapping[int, str], living: Iterable[int]) -> "Bodies":
        """The bodies with these names, of which these live."""
        alive = frozenset(living)
        return cls(called, alive, {called[body]: body for body in alive})


class Table:
    """Rows by place, for looking up what covers a case; never changed once made."""

    __slots__ = ("bodies", "by_place", "categories")

    def __init__(self, rows: Iterable[Row]) -> None:
        found: dict[int, list[Row]] = {}
        for row in rows:
            found.setdefault(row.place, []).append(row)
        self.by_place: Mapping[int, Sequence[Row]] = found
        self.categories = frozenset(row.category for here in found.values() for row in here)
        self.bodies = frozenset(row.body for here in found.values() for row in here)

    def deciding(self, category: str, lineage: Iterable[int], at: datetime, living: Container[int]) -> tuple[Row, ...]:
        """Of the rows in force that cover a case at a place (its codes, widest first), those that prevail.

        A row whose body has ended does not decide; the next one does.
        """
        covering = [
            row
            for place in lineage
            for row in self.by_place.get(place, ())
            if category.startswith(row.category) and row.in_force(at) and row.body in living
        ]
        best = max((row.standing for row in covering), default=None)
        return tuple(row for row in covering if row.standing == best)

    def here(self, category: str, place: int, at: datetime) -> Row | None:
        """The row in force at exactly this crossing."""
        rows = self.by_place.get(place, ())
        return next((row for row in rows if row.category == category and row.in_force(at)), None)

    def next(self, category: str, place: int, since: datetime, until: datetime | None) -> Row | None:
        """The first row at exactly this crossing that begins after `since` and before `until` (None: ever)."""
        later = (
            row for row in self.by_place.get(place, ())
            if row.category == category and row.starts > since and (until is None or row.starts < until)
        )  # fmt: skip
        return min(later, key=lambda row: row.starts, default=None)

    def changed(self, changes: Iterable[Change], at: datetime) -> "Table":
        """The table as it would be once the changes are approved at `at`; new rows have negative ids."""
        listed = list(changes)
        touched = {change.place for change in listed}
        ended = {change.row: change.begins(at) for change in listed if change.row is not None}
        kept = [
            replace(row, ends=ended[row.id]) if row.id in ended else row
            for place in touched for row in self.by_place.get(place, ())
        ]  # fmt: skip
        made = [
            Row(-number, c.category, c.place, c.body, c.trust, c.priority, c.begins(at), c.ends)
            for number, c in enumerate(listed, 1) if c.body is not None
        ]  # fmt: skip
        anew = Table([*kept, *made])
        anew.by_place = {**self.by_place, **dict.fromkeys(touched, ()), **anew.by_place}
        return anew


def rank(
    observations: Observations, matter: Matter, rows: Iterable[Row], bodies: Bodies, day: date, k: int = 3
) -> Ranking:
    """The bodies for a case by the rows that decide it and by what was learnt, best first.

    Refused, so that a person decides, also when the best one has ended.
    """
    written = [
        Duty(bodies.called[row.body], matter.category[: len(row.category) // 2], trust=row.trust, priority=row.priority)
        for row in rows
    ]
    ranking = responsibility.rank(observations, matter.category, matter.place, day, k, written)
    if not ranking.refused and ranking.choices[0].body not in bodies.by_name:
        return replace(ranking, refused=True)
    return ranking


def checked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes of one proposal; Invalid when there are none or too many, or one cannot be."""
    listed = tuple(changes)
    if not 1 <= len(listed) <= MOST_CHANGES:
        raise Invalid("一次申请须有 1 至 {most} 项变更。", field="changes", most=MOST_CHANGES)
    if len({(change.category, change.place) for change in listed}) < len(listed):
        raise Invalid("同一类别、同一地点在一次申请里只能变更一次，请删去重复的一项。", field="changes")
    for change in listed:
        _check(change)
    return listed


def _check(change: Change) -> None:
    if change.row is None and change.body is None:
        raise Invalid("这里没有写明的职责，不需要终止。请选择责任单位。", field="body")
    if not 0.0 <= change.trust <= 1.0:
        raise Invalid("采信程度须为 0 至 100 的整数。", field="trust")
    if not -HIGHEST_PRIORITY <= change.priority <= HIGHEST_PRIORITY:
        raise Invalid("优先级须为 -{most} 至 {most} 的整数。", field="priority", most=HIGHEST_PRIORITY)
