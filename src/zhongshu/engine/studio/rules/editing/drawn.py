"""What the page of settings has to know of a drawing, broken or not: tasks, lanes, starts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhongshu.base.http.refusals import Invalid

if TYPE_CHECKING:
    from zhongshu.engine.processes.rules.editing import Row


@dataclass(frozen=True, slots=True)
class Drawn:
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


def read(files: Mapping[str, str], process: str) -> Drawn:
    """The drawing `process` of a folder with those it calls; nothing where it is no BPMN."""
    rows = _rows(files, process)
    tasks = [row for row in rows if row.kind in ("task", "manual")]
    return Drawn(
        _named(tasks),
        frozenset(row.id for row in tasks if row.repeat and row.repeat.how != "while"),
        {row.id: row.lanes for row in tasks},
        _named(row for row in _told(files.get(process, ""))[0] if row.kind == "start" and not row.inside),
        _named(rows) | _ways(rows),
    )


def _rows(files: Mapping[str, str], process: str) -> "list[Row]":
    """The rows of a drawing, then of those that are called, each file once."""
    rows, ids = _told(files.get(process, ""))
    others = [_told(text) for name, text in sorted(files.items()) if name.endswith(".bpmn") and name != process]
    called = {row.does for row in rows if row.kind == "call"}
    while more := [told for told in others if told[1] & called - ids]:
        for found, its in more:
            rows, ids = rows + found, ids | its
        called = {row.does for row in rows if row.kind == "call"}
    return rows


def _told(text: str) -> "tuple[list[Row], set[str]]":
    """The rows of a file, and the ids of its processes; none where it cannot be read."""
    from zhongshu.engine.processes.rules import editing  # loads lxml
    from zhongshu.engine.processes.rules.bpmn import document, source

    try:
        kept = document.load(text.encode())
    except Invalid:
        return [], set()
    processes = {tag.get("id", "") for tag in source.children(kept.root) if source.name(tag) == "process"}
    return list(editing.table(kept).rows), processes


def _named(rows: "Iterable[Row]") -> dict[str, str]:
    return {row.id: row.name or row.id for row in rows}


def _ways(rows: "Sequence[Row]") -> dict[str, str]:
    names = _named(rows)
    return {way.flow: way.name or f"{names[row.id]} → {names.get(way.to, way.to)}" for row in rows for way in row.ways}
