"""The ways officers let be kept: hour by hour, with the cells they came through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Shift, Track
from zhongshu.engine.dispatch.rules import tracks as rules
from zhongshu.engine.dispatch.rules.tracks import Point

KEPT = timedelta(days=90)
"""How long points are kept; distance and cells stay."""
MOST_SHIFTS = 30


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a way: its points (none once they were forgotten), metres, and grid cells in the order reached."""

    hour: datetime
    points: tuple[Point, ...]
    metres: float
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A shift with the way of its officer."""

    shift: Shift
    hours: tuple[Hour, ...]

    @property
    def metres(self) -> float:
        return sum(hour.metres for hour in self.hours)

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells the officer came through, each once, in the order reached."""
        return tuple(dict.fromkeys(cell for hour in self.hours for cell in hour.cells))

    @property
    def lines(self) -> list[list[tuple[float, float]]]:
        """The way as lines of (lon, lat): a new one begins after a jump or a long silence."""
        lines: list[list[tuple[float, float]]] = []
        before: Point | None = None
        for point in (point for hour in self.hours for point in hour.points):
            if before is None or rules.way(before, point) is None:
                lines.append([])
            lines[-1].append((point.lon, point.lat))
            before = point
        return lines


def own(shift: int, by: Actor) -> Way:
    """The way of one of the actor's own shifts; another's is absent."""
    found = Shift.objects.filter(pk=shift, account=by.id).first()
    if found is None:
        raise Absent("没有找到这个班次的轨迹。")
    return of(found)


def of(shift: Shift) -> Way:
    """The way of a shift, for callers that have checked who asks. One statement."""
    rows = Track.objects.filter(shift=shift).order_by("hour")
    return Way(shift, tuple(_hour(row) for row in rows))


def latest(by: Actor, at: datetime) -> list[tuple[Shift, float]]:
    """The actor's own newest shifts that have begun and whose way was kept, with the metres. Two statements."""
    shifts = list(
        Shift.objects.filter(account=by.id, starts__lte=at, tracked__isnull=False).order_by("-starts")[:MOST_SHIFTS]
    )
    metres = metres_of(shift.pk for shift in shifts)
    return [(shift, metres.get(shift.pk, 0.0)) for shift in shifts]


def recording(by: Actor, at: datetime) -> int | None:
    """The actor's running shift whose way is being kept just now. One statement."""
    shifts = Shift.objects.filter(
        account=by.id, starts__lte=at, ends__gt=at, tracked__isnull=False, untracked__isnull=True
    )
    return shifts.values_list("pk", flat=True).first()


def metres_of(shifts: Iterable[int]) -> dict[int, float]:
    """How far the ways of these shifts are. One statement."""
    found: dict[int, float] = {}
    for shift, metres in Track.objects.filter(shift__in=list(shifts)).values_list("shift", "metres"):
        found[shift] = found.get(shift, 0.0) + metres
    return found


def points_of(row: Track) -> tuple[Point, ...]:
    """The points of a stored hour."""
    rows: Sequence[tuple[int, float, float]] = list(zip(row.seconds, row.lons, row.lats, strict=True))
    return tuple(Point(row.hour + timedelta(seconds=second), lon, lat) for second, lon, lat in rows)


def _hour(row: Track) -> Hour:
    return Hour(row.hour, points_of(row), row.metres, tuple(row.cells))
