"""What is asked for when a grant is proposed, and when grants are looked at again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions import hours as weekly
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.roles import ROLES

GIVE = "grant.give"
"""The kind of proposal by which a grant comes."""
PROPOSE, APPROVE, REVIEW, EXPLAIN = "grants.propose", "grants.approve", "grants.review", "rights.explain"
MOST_PURPOSE = 60
REVIEW_EVERY = timedelta(days=365)
"""How long a grant counts before somebody has to say again that it is needed (GB/T 22239-2019, 8.1.10.6)."""
GRACE = timedelta(days=30)
"""How long a grant that nobody has confirmed lives on after it was due."""
LONGEST = timedelta(days=36_600)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A grant as it is proposed; `starts` empty: as soon as it is approved."""

    role: str
    body: int | None = None
    place: int | None = None
    purpose: str = ""
    hours: weekly.Hours = weekly.ALWAYS
    starts: datetime | None = None
    ends: datetime | None = None

    def checked(self, at: datetime) -> "Wanted":
        """Itself, when its members make sense at `at`; else Invalid, with the field at fault."""
        if self.role not in ROLES:
            raise Invalid("没有名为 {role} 的角色。", field="role", role=self.role)
        if len(self.purpose) > MOST_PURPOSE:
            raise Invalid("请把用途写在 {limit} 字以内。", field="purpose", limit=MOST_PURPOSE)
        if not weekly.sound(self.hours):
            raise Invalid("时段不对：请选择星期和起止时间。", field="hours")
        self._period(at)
        return self

    def _period(self, at: datetime) -> None:
        begins = max(self.starts or at, at)
        if begins - at > LONGEST:
            raise Invalid("开始的日期太远，请核对。", field="starts")
        if self.ends is not None and not begins < self.ends <= begins + LONGEST:
            raise Invalid("结束须晚于开始和现在，请核对日期。", field="ends")

    def grant(self, at: datetime) -> permissions.Grant:
        """The grant this would be if it were given at `at`."""
        starts = max(self.starts or at, at)
        return permissions.Grant(self.role, self.body, self.place, self.purpose, starts, self.ends, self.hours)

    def row(self) -> dict[str, Any]:
        """Itself for a proposal's body; `read` reads it back."""
        return {
            "role": self.role, "body": self.body, "place": self.place, "purpose": self.purpose,
            "hours": list(self.hours), "starts": self.starts and self.starts.isoformat(),
            "ends": self.ends and self.ends.isoformat(),
        }  # fmt: skip

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Wanted":
        """What `row` wrote."""
        starts, ends = (datetime.fromisoformat(row[name]) if row[name] else None for name in ("starts", "ends"))
        return cls(row["role"], row["body"], row["place"], row["purpose"], tuple(row["hours"]), starts, ends)


def due(starts: datetime, reviewed: datetime | None) -> datetime:
    """When a grant has to be confirmed."""
    return (reviewed or starts) + REVIEW_EVERY
