"""Who may act for a firm, in what. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base.http.refusals import Invalid

REPRESENTATIVE, AGENT = "legal_representative", "agent"
LONGEST = timedelta(days=3 * 366)
"""An agent is appointed for three years at most."""
MOST_MATTERS = 50
_MATTER = re.compile(r"[a-z0-9][a-z0-9_.-]{1,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's role in a firm: in `matters` (codes of categories or scenarios), from `starts` until `ends`.

    A legal representative's has no matters, for it covers all; one that nobody `confirmed` yet covers nothing.
    """

    role: str
    matters: tuple[str, ...]
    starts: datetime
    ends: datetime | None = None
    ended: datetime | None = None
    confirmed: bool = True

    def holds(self, at: datetime) -> bool:
        """Whether the role is in force (start included, end excluded)."""
        past = [moment for moment in (self.ends, self.ended) if moment is not None and moment <= at]
        return self.confirmed and self.starts <= at and not past


def covers(role: Role, matter: str, at: datetime) -> bool:
    """Whether the holder may act for the firm in a matter: a scenario by its code, a category by it or one above it."""
    if not role.holds(at):
        return False
    return role.role == REPRESENTATIVE or any(_lies_under(matter, given) for given in role.matters)


def _lies_under(matter: str, given: str) -> bool:
    """Codes of categories are nested by their beginning (CJ/T 214), those of scenarios are not."""
    return matter == given or (given.isdecimal() and matter.isdecimal() and matter.startswith(given))


def matters(codes: Iterable[str]) -> list[str]:
    """The matters an agent is appointed for, each once: at least one, for an agent for everything is none."""
    found = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if not 1 <= len(found) <= MOST_MATTERS or not all(_MATTER.fullmatch(code) for code in found):
        raise Invalid("请选择经办人可以办理的事项（1 至 {most} 项）。", field="matters", most=MOST_MATTERS)
    return found


def period(starts: datetime, ends: datetime, at: datetime) -> tuple[datetime, datetime]:
    """The time an agent is appointed for."""
    if not (at <= ends and starts < ends <= starts + LONGEST):
        raise Invalid("截止日期须晚于今天，期限最长三年。", field="ends")
    return starts, ends
