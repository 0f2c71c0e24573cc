"""Reading a file of events. Pure but for the file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.dispatch.rules.bodies import merge_name

ON_TIME = "按期办结"
_COLUMNS = {
    "create_time",
    "street",
    "community",
    "event_type",
    "main_type",
    "sub_type",
    "dispose_unit",
    "status",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the file: its day, place, category on three levels, handler (empty: nobody) and whether in time."""

    day: date
    street: str
    community: str
    category: tuple[str, str, str]
    body: str
    on_time: bool


def pingshan(path: Path) -> list[Event]:
    """The events of a file in the format of Pingshan district (UTF-8 CSV with a header), in its own order.

    Renamed bodies are merged.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := _COLUMNS - set(reader.fieldnames or ()):
            raise Invalid("{file} 缺少列：{columns}", file=path.name, columns="、".join(sorted(missing)))
        return [_event(row) for row in reader]


def _event(row: dict[str, str]) -> Event:
    return Event(
        day=date.fromisoformat(row["create_time"][:10]), street=row["street"].strip() or "-",
        community=row["community"].strip() or "-", category=(row["event_type"], row["main_type"], row["sub_type"]),
        body=merge_name(row["dispose_unit"].strip("- ")), on_time=row["status"].strip() == ON_TIME,
    )  # fmt: skip


FORMATS = {"pingshan": pingshan}


def split(events: list[Event]) -> tuple[list[Event], list[Event]]:
    """Four fifths to learn from, the later fifth to be judged on."""
    cut = len(events) * 4 // 5
    return events[:cut], events[cut:]


def distinct(values: Iterable[str]) -> list[str]:
    """Each value once, in the order of its first coming."""
    return list(dict.fromkeys(values))
