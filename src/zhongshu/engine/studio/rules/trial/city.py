"""The town a trial happens in: made up, so that every pool has its people. Plain data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor, Grant

GOVERNMENT = 1
BODIES = {
    101: "城市管理局", 102: "水务局", 103: "公安局", 104: "住房和城乡建设局", 105: "生态环境局", 106: "交通运输局",
    107: "卫生健康委员会", 108: "市场监督管理局", 109: "应急管理局", 110: "民政局", 111: "教育局",
    112: "城东街道办事处",
}  # fmt: skip
CELL = 990_199_001_001_001
"""The cell everything happens in: no code of GB/T 2260 begins with 99."""
SPOT = (118.8, 32.0)
APPLICANT = Actor("019b0000-0000-7000-8000-000000000000", "申请人", "resident")
SEATS = ("甲", "乙")
"""Of each role there are two, so that what two people must do can be done."""


@dataclass(frozen=True, slots=True)
class Town:
    """Bodies by id with the line from the root down to each, people, the days worked, and where cases lie.

    `services`: handler → what it answers unless something else is chosen.
    """

    lines: Mapping[int, Sequence[int]]
    names: Mapping[int, str]
    people: Sequence[Actor]
    days: WorkingDays
    place: int = CELL
    spot: tuple[float, float] | None = SPOT
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def lineage(self, body: int) -> Sequence[int]:
        """A body's ids from the root down to itself; empty when there is no such body."""
        return self.lines.get(body, ())

    def of(self, body: int) -> Iterator[Actor]:
        """The people of a body first, then all the others."""
        yield from (one for one in self.people if one.body == body)
        yield from (one for one in self.people if one.body != body)

    def person(self, account: str) -> Actor | None:
        """Who has this account."""
        return next((one for one in self.people if one.id == account), None)


@lru_cache(maxsize=8)
def made_up(year: int) -> Town:
    """The town with twelve bodies, and of every role two people at the government and two at each body.

    Its calendar is that of the year before to two years after, official as far as it is announced.
    """
    officer = _account(next(n for n, (body, role, _) in enumerate(_seats(), 1) if (body, role) == (101, "handler")))
    return Town(
        lines={GOVERNMENT: (GOVERNMENT,)} | {body: (GOVERNMENT, body) for body in BODIES},
        names={GOVERNMENT: "市人民政府"} | BODIES,
        people=tuple(_person(n, *seat) for n, seat in enumerate(_seats(), 1)),
        days=_days(year),
        services={"dispatch.assign": _dispatched(officer)},
    )


def _days(year: int) -> WorkingDays:
    from zhongshu.base.calendar.announced import year_of_days  # loads the holidays: not before the first trial

    years = range(max(year - 1, date.min.year), min(year + 2, date.max.year) + 1)
    return WorkingDays.of(day for one in years for day in year_of_days(one))


def _seats() -> Iterator[tuple[int, str, str]]:
    for body in (GOVERNMENT, *BODIES):
        for role in ROLES:
            for seat in SEATS:
                yield body, role, seat


def _person(number: int, body: int, role: str, seat: str) -> Actor:
    where = "" if body == GOVERNMENT else BODIES[body]
    grant = Grant(role, body=None if body == GOVERNMENT else body)
    return Actor(_account(number), f"{where}{ROLES[role].name}{seat}", "staff", body, (grant,))


def _account(number: int) -> str:
    return f"019b0000-0000-7000-8000-{number:012d}"


def _dispatched(officer: str) -> dict[str, Any]:
    """What the handler that finds a body answers when it is sure."""
    ranking = [
        {"body": body, "name": BODIES[body], "score": score, "reasons": []} for body, score in ((101, 0.9), (102, 0.1))
    ]
    return {
        "refused": False, "margin": 0.8, "ranking": ranking, "body": 101, "officer": officer, "officers": [],
        "excluded": [],
    }  # fmt: skip
