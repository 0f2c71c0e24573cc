"""Learning from how cases ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.rules import evidence, suggestions
from zhongshu.registers.people import queries as people

# The order in which cases arrive does not matter: counts are carried to the later of both days before they are added.
_LEARN = """
INSERT INTO dispatch_seen AS t (key, answer, n, last, cases)
SELECT k, a, %(weight)s, %(day)s, %(sign)s FROM unnest(%(keys)s::text[], %(answers)s::text[]) AS u (k, a)
ON CONFLICT (key, answer) DO UPDATE SET
    last = greatest(t.last, excluded.last), cases = t.cases + excluded.cases,
    n = t.n * power(0.5, (greatest(t.last, excluded.last) - t.last) / %(half)s)
      + excluded.n * power(0.5, (greatest(t.last, excluded.last) - excluded.last) / %(half)s)
"""


def _count(pairs: Iterable[tuple[str, str]], weight: float, at: datetime) -> None:
    found = sorted(set(pairs))
    row: dict[str, Any] = {
        "keys": [key for key, _ in found], "answers": [answer for _, answer in found], "weight": weight,
        "day": at.date(), "sign": 1 if weight > 0 else -1, "half": evidence.HALF_LIFE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, row)


def learn_body(category: str, place: int, body: int, *, weight: float = 1.0, at: datetime) -> None:
    """Count that a body handled (or, with a negative weight, sent back) a case; part of the reaction that calls it."""
    name = people.called().get(body)
    if name is not None:
        matter = queries.matter(category, place)
        _count(evidence.touched(matter.category, matter.place, name), weight, at)


def learn_words(category: str, case_id: str, *, weight: float = 1.0, at: datetime) -> None:
    """Count the words of a closed case's report under its category; with a negative weight, forget them again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM cases_contact WHERE case_id = %s ORDER BY received LIMIT 1", [case_id])
        row = cursor.fetchone()
    if row and row[0]:
        _count(suggestions.touched(row[0], category), weight, at)
