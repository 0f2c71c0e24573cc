"""What the page of settings has to know of a drawing, broken or not: tasks, lanes, starts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhongshu.engine.processes.rules.editing import Row, parts
from zhongshu.engine.studio.rules.editing import drawings


@dataclass(frozen=True, slots=True)
class Outline:
    """Id → name, in reading order: `tasks` are what people do, `each` those done once for each of a list.

    `lanes` are the names of the lanes tasks lie in, by task, outermost first; `starts` the start events; `elements`
    everything a case can be at, and the ways between.
    """

    tasks: Mapping[str, str] = field(default_factory=dict)
    each: frozenset[str] = frozenset()
    lanes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)

    def lane_names(self) -> list[str]:
        """The lanes that have tasks, each once."""
        return list(dict.fromkeys(lane for lanes in self.lanes.values() for lane in lanes))


def read(files: Mapping[str, str]) -> Outline:
    """What the drawing a folder's cases begin with and those it calls say; nothing where that is no BPMN."""
    rows = drawings.steps(files)
    tasks = [row for row in rows if row.kind in parts.WORK]
    return Outline(
        _named(tasks),
        frozenset(row.id for row in tasks if row.repeat and row.repeat.how != "while"),
        {row.id: row.lanes for row in tasks},
        _named(row for row in drawings.steps_of(files, drawings.main(files)) if row.kind == "start" and not row.inside),
        _named(rows) | _ways(rows),
    )


def _named(rows: Iterable[Row]) -> dict[str, str]:
    return {row.id: row.name or row.id for row in rows}


def _ways(rows: Sequence[Row]) -> dict[str, str]:
    names = _named(rows)
    return {way.flow: way.name or f"{names[row.id]} → {names.get(way.to, way.to)}" for row in rows for way in row.ways}
