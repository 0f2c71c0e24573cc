"""Who looked at somebody's data, as they read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from zhongshu.channels.presenters import names, persons
from zhongshu.engine.cases.queries import one as cases
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Look


@dataclass(frozen=True, slots=True)
class Line:
    """One look: when, who in which body, what they saw and for what, and on which case, if on one."""

    at: datetime
    who: str
    body: str
    what: str
    purpose: str
    words: str
    case: UUID | None
    number: str


def lines(looks: Sequence[Look]) -> list[Line]:
    """The looks of a page, in two statements."""
    called = people.shown_names(str(look.by) for look in looks)
    numbers = cases.numbers_of({look.case_id for look in looks if look.case_id})
    return [_line(look, called, numbers) for look in looks]


def _line(look: Look, called: dict[str, str], numbers: dict[UUID, str]) -> Line:
    own = look.purpose == Look.Purpose.OWN
    who = gettext("本人") if own else called.get(str(look.by), "")
    what, purpose = persons.looked(look)
    number = numbers.get(look.case_id, "") if look.case_id else ""
    return Line(look.at, who, names.body(look.body), what, purpose, look.words, look.case_id, number)
