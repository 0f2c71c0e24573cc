"""Whom a rule may send: everybody on shift who may do a kind of work and has said where they are."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from zhongshu.base.permissions.rules import body_key
from zhongshu.engine.dispatch.rules.officers import Standing
from zhongshu.registers.people.queries.in_force import IN_FORCE

MOST = 5_000

_SENDABLE = f"""
SELECT s.account::text, g.body_id, g.place, s.place, s.skills, p.lon, p.lat,
       extract(epoch FROM p.at - %(at)s)::float8,
       (SELECT count(*) FROM cases_task t WHERE t.assignee = s.account AND t.closed IS NULL)
FROM dispatch_shift s JOIN people_account a ON a.id = s.account AND a.closed IS NULL
JOIN people_grant g ON g.account_id = a.id AND g.role = %(role)s AND {IN_FORCE}
JOIN dispatch_position p ON p.account = a.id
WHERE s.starts <= %(at)s AND s.ends > %(at)s
ORDER BY s.account, s.id, g.id LIMIT %(most)s
"""


class Member(NamedTuple):
    """An officer on shift under one grant: where they are, what they have in hand, what they may be sent to.

    `body` is a key of the reach (null: any), `place` the grant's (null: any), `beat` the shift's.
    """

    officer: str
    body: int | None
    place: int | None
    beat: int
    skills: frozenset[str]
    point: tuple[float, float]
    seen_at: datetime
    load: int

    def may(self, reach: Collection[int]) -> bool:
        """Whether the grant and the shift are over what lies under `reach`."""
        return self.beat in reach and all(over is None or over in reach for over in (self.body, self.place))

    def standing(self, category: str) -> Standing:
        """The officer as a candidate; a shift without skills is for every kind of matter."""
        return Standing(self.officer, self.point, self.seen_at, self.skills or frozenset({category[:2]}), self.load)


def sendable(role: str, at: datetime) -> list[Member]:
    """Everybody on shift who holds a role and has said where they are; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SENDABLE, {"role": role, "at": at, "most": MOST})
        return [_member(at, *row) for row in cursor.fetchall()]


def _member(at: datetime, *row: Any) -> Member:
    account, body, place, beat, skills, lon, lat, age, load = row
    return Member(
        account, None if body is None else body_key(body), place, beat, frozenset(skills), (lon, lat),
        at + timedelta(seconds=age), load,
    )  # fmt: skip
