"""What else a case may be: the same thing told twice, or a thing that keeps coming back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.merging import MERGE
from zhongshu.engine.cases.queries import duplicates
from zhongshu.engine.cases.queries.duplicates import Known
from zhongshu.engine.cases.queries.one import View

MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Same:
    """The case this one was merged into, those merged into it, running ones it may be the same as, how often it came.

    `may`: whether the visitor may merge and take apart.
    """

    master: tuple[UUID, str] | None
    merged: list[tuple[UUID, str]]
    offered: list[Known]
    times: int
    may: bool

    @property
    def chronic(self) -> bool:
        return self.times >= duplicates.CHRONIC_TIMES


def same(found: View, by: Actor, at: datetime) -> Same:
    """All of it, in four statements at most."""
    row, may = found.row, permissions.may(by, MERGE, found.reach, at)
    return Same(
        master=duplicates.master_of(row.id) if row.closed else None,
        merged=duplicates.merged_into(row.id),
        offered=_offered(found) if may and row.closed is None else [],
        times=duplicates.times(row.category, row.place, at),
        may=may,
    )


def _offered(found: View) -> list[Known]:
    row = found.row
    if row.lon is None or row.lat is None:
        return []
    near = duplicates.around(row.category, row.lon, row.lat, str(found.data.get("text") or ""))
    return [one for one in near if one.row.id != row.id][:MOST_OFFERED]
