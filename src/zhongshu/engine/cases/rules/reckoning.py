"""Deadlines by the ledger: terms from when things began, with what was added, without what stood still. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import Pause, Term, WorkingDays
from zhongshu.engine.cases.rules import alarms, dues, signing, whistle
from zhongshu.engine.cases.rules.settings import Settings
from zhongshu.engine.cases.rules.state import WHOLE, Held


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that runs: of an open task or of the case (`WHOLE`), when it began and how long it is.

    One that an answer sets has no term: it is due at `fixed`, whatever the calendar and the pauses.
    """

    token: int
    element: str
    opened: datetime
    term: Term | None
    fixed: datetime | None = None


def running(settings: Settings, held: Held) -> list[Clock]:
    """The deadlines that run: the case's own and those of its open tasks, as far as they have a term."""
    wanted = [(WHOLE, "case", held.opened, 0), *((t.token, t.element, t.opened, -t.pool) for t in held.tasks)]
    own = [Clock(t.token, t.element, t.opened, given) for t in held.tasks if (given := signing.term(settings, held, t))]
    return [*(clock for each in wanted if (clock := _clock(settings, held, *each)) is not None), *own]


def _clock(settings: Settings, held: Held, token: int, element: str, opened: datetime, body: int) -> Clock | None:
    if (expression := settings.by_answer(element, held.category)) is not None:
        fixed = dues.moment(expression.evaluate(held.data), opened)
        return Clock(token, element, opened, None, fixed) if fixed is not None else None
    term = whistle.term(settings, held.data, element, held.category, body)
    return Clock(token, element, opened, term) if term is not None else None


def found(
    settings: Settings,
    held: Held,
    clocks: Iterable[Clock],
    pauses: Sequence[Pause],
    more: Mapping[int, int],
    lengthened: Iterable[tuple[int, str, datetime, int]],
    days: WorkingDays,
) -> dict[int, datetime]:
    """When each of these ends, by token, with the units `more` that were added to it.

    The case's own deadline never comes before that of a task whose time was lengthened, ended or not: `lengthened`
    are the ended ones as token, element, when it opened and the body it waited for.
    """
    ended = (_clock(settings, held, *each) for each in lengthened)
    ends = dict[int, datetime]()
    for clock in [*clocks, *filter(None, ended)]:
        ends[clock.token] = clock.fixed or _reckoned(clock, more.get(clock.token, 0), pauses, days)
    if WHOLE in ends:
        ends[WHOLE] = max(due for token, due in ends.items() if token == WHOLE or token in more)
    return ends


def _reckoned(clock: Clock, more: int, pauses: Sequence[Pause], days: WorkingDays) -> datetime:
    assert clock.term is not None, "what no answer sets has a term"
    term = Term(clock.term.amount + more, clock.term.unit)
    return deadlines.due(clock.opened, term, days, pauses).at


def speaks(clock: Clock, due: datetime, at: datetime, given: alarms.Alarms) -> tuple[datetime, int]:
    """When a deadline set anew speaks up next, and which alarm that is: a warning that is past is not given again."""
    warning = alarms.first(clock.opened, due, given)
    return (warning, alarms.WARNED) if warning is not None and warning > at else (due, alarms.LATE)
