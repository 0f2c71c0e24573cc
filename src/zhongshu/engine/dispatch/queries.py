"""Questions about responsibility, duty and what was learnt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection

from zhongshu.base.journal.caches import Cached
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.engine.dispatch.rules import evidence, responsibility, suggestions
from zhongshu.engine.dispatch.rules.duties import Duty
from zhongshu.engine.dispatch.rules.evidence import Seen
from zhongshu.engine.dispatch.rules.officers import Standing
from zhongshu.engine.dispatch.rules.travel import RoadGraph
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

STREET, COMMUNITY = 9, 12
HANDLER = "handler"


@dataclass(frozen=True, slots=True)
class Matter:
    """What dispatch goes by: the category and the place, coarse to fine, as learnt keys name them."""

    category: tuple[str, ...]
    place: tuple[str, ...]


def matter(category: str, place: int) -> Matter:
    """A case's category (major, minor code) and place (street, community by name)."""
    names = places.tree().names
    levels = [code for code in codes.ancestors(place) if len(str(code)) in (STREET, COMMUNITY)]
    return Matter(
        tuple(c.code for c in catalogue.path(category)), tuple(names[c].zh if c in names else str(c) for c in levels)
    )


def seen(keys: Sequence[str]) -> dict[str, dict[str, Seen]]:
    """What was learnt under these keys, in one statement."""
    found: dict[str, dict[str, Seen]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, answer, n, last, cases FROM dispatch_seen WHERE key = ANY(%s)", [list(keys)])
        for key, answer, n, last, cases in cursor.fetchall():
            found.setdefault(key, {})[answer] = Seen(n, last, cases)
    return found


def _table() -> dict[int, list[Responsibility]]:
    by_place: dict[int, list[Responsibility]] = {}
    for row in Responsibility.objects.order_by("pk"):
        by_place.setdefault(row.place, []).append(row)
    return by_place


_responsibilities = Cached(("responsibility", "table"), _table)


def duties(category: str, place: int, at: datetime) -> Iterable[tuple[Responsibility, Duty]]:
    """The rows of the responsibility table that cover a case at `at`, as the rules take them."""
    by_place = _responsibilities()
    for row in chain.from_iterable(by_place.get(over, ()) for over in codes.ancestors(place)):
        in_force = row.starts <= at and (row.ends is None or at < row.ends)
        if in_force and category.startswith(row.category):
            yield row, Duty(str(row.body), trust=row.trust, priority=row.priority)


def rank_bodies(category: str, place: int, at: datetime) -> responsibility.Ranking:
    """The bodies that should take a case, best first, with reasons; `refused` when a person has to decide."""
    found = matter(category, place)
    called = people.called()
    rows = sorted(duties(category, place, at), key=lambda pair: (len(pair[0].category), len(str(pair[0].place))))
    written = [
        Duty(called[row.body], found.category[: _depth(row.category)], trust=duty.trust, priority=duty.priority)
        for row, duty in rows[-1:]
        if row.body in called
    ]
    keys = evidence.keys(found.category, found.place)
    return responsibility.rank(seen(keys), found.category, found.place, at.date(), duties=written)


def _depth(category: str) -> int:
    return len(category) // 2


_STANDING = """
SELECT DISTINCT ON (s.account) s.account::text, p.lon, p.lat, extract(epoch FROM p.at - %(at)s)::float8, s.skills,
       (SELECT count(*) FROM cases_task t WHERE t.assignee = s.account AND t.closed IS NULL)
FROM people_grant g JOIN people_account a ON a.id = g.account_id AND a.closed IS NULL
JOIN dispatch_shift s ON s.account = a.id AND s.starts <= %(at)s AND s.ends > %(at)s AND s.place = ANY(%(places)s)
LEFT JOIN dispatch_position p ON p.account = a.id
WHERE g.role = %(role)s AND g.body_id = ANY(%(bodies)s) AND (g.place IS NULL OR g.place = ANY(%(places)s))
  AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)
ORDER BY s.account LIMIT 500
"""


def on_shift(body: int, place: int, category: str, at: datetime) -> list[Standing]:
    """Who may handle for a body and is on shift for a place, with where they are and how much they have in hand.

    A shift without skills is for every kind of matter.
    """
    row: dict[str, Any] = {
        "role": HANDLER, "bodies": list(people.lineage(body)), "at": at, "places": list(codes.ancestors(place)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, row)
        found = cursor.fetchall()
    any_kind = frozenset([category[:2]])
    return [
        # The position's age comes as seconds: reading moments is the dearest part of reading such rows.
        Standing(account, None, None, frozenset(skills) if skills else any_kind, load) if lon is None
        else Standing(
            account, (lon, lat), at + timedelta(seconds=age), frozenset(skills) if skills else any_kind, load
        )
        for account, lon, lat, age, skills, load in found
    ]  # fmt: skip


def positions(accounts: Iterable[str]) -> Mapping[str, tuple[float, float, datetime]]:
    """Where these officers were last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account::text, lon, lat, at FROM dispatch_position WHERE account = ANY(%s::uuid[])",
            [list(accounts)],
        )
        return {account: (lon, lat, at) for account, lon, lat, at in cursor.fetchall()}


def _roads() -> RoadGraph:
    return RoadGraph(*places.road_graph())


roads = Cached(("places.edition", "1"), _roads)
"""The road graph with travel times, kept per process until places change."""


class Suggested(NamedTuple):
    """A category for a text, with its share of belief (0 to 1) and the words that spoke for it."""

    code: str
    name: str
    score: float
    reasons: tuple[str, ...]


def suggest_category(text: str, at: datetime, limit: int = 3) -> list[Suggested]:
    """The categories a text seems to be about, best first, as learnt from closed cases; empty when nothing is known."""
    found = suggestions.rank(seen(suggestions.keys(text)), text, at.date(), limit)
    known = catalogue.tree()
    return [
        Suggested(choice.category, known[choice.category].name, choice.score, choice.pairs)
        for choice in found.choices
        if choice.pairs and choice.category in known and known[choice.category].ended is None
    ]  # fmt: skip
