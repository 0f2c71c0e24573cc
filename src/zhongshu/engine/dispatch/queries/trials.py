"""Trying a change of the responsibility table on last month's events: what is read for it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection

from zhongshu.engine.dispatch.queries.written import bodies, matter, seen, table
from zhongshu.engine.dispatch.rules import evidence, trial
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.engine.dispatch.rules.trial import Decided, Event, Ground, Trial
from zhongshu.registers.catalogue import queries as catalogue

SPAN = timedelta(days=30)
MOST_EVENTS = 5_000
"""The newest events that are tried; more would tell nothing new."""

# Both ways to one crossing's events are open to the planner: the place's newest, or the categories' newest.
_CROSSING = """
(SELECT c.id, c.number, c.category, c.place, c.body, c.opened
 FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
 WHERE r.ancestor = %s AND r.opened >= %s AND r.opened <= %s AND c.opened >= %s AND c.category = ANY(%s)
 ORDER BY r.opened DESC, r.case_id DESC LIMIT %s)
"""


def events(changes: Iterable[Change], at: datetime, limit: int = MOST_EVENTS) -> list[Event]:
    """The cases opened at the changes' crossings in the 30 days before `at`, newest first; one statement."""
    parts = [(change.place, _under(change.category)) for change in changes]
    params: list[Any] = []
    for place, categories in parts:
        params += [place, at - SPAN, at, at - SPAN, categories, limit]
    union = " UNION ".join([_CROSSING] * len(parts))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, category, place, body FROM ({union}) u ORDER BY opened DESC, id DESC LIMIT %s",
            [*params, limit],
        )
        return [Event(*row) for row in cursor.fetchall()]


def _under(category: str) -> list[str]:
    return [code for code in catalogue.tree() if code.startswith(category)]


def try_out(changes: Sequence[Change], at: datetime) -> Trial:
    """Who would have got last month's events if the changes had been made, in two statements."""
    return trial.summed(decided(changes, at))


def decided(changes: Sequence[Change], at: datetime) -> list[Decided]:
    """The same event by event, newest first, by the tables as they are when the last of the changes has begun."""
    tried, known = events(changes, at), table()
    matters = {(e.category, e.place): matter(e.category, e.place) for e in tried}
    keys = set(chain.from_iterable(evidence.keys(m.category, m.place) for m in set(matters.values())))
    ground = Ground(matters, seen(sorted(keys)), bodies(), max(change.begins(at) for change in changes))
    return trial.decided(tried, known, known.changed(changes, at), ground)
