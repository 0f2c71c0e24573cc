"""What is written down and what was learnt: which body should take a case."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from zhongshu.base.journal.caches import Cached
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.engine.dispatch.rules import evidence
from zhongshu.engine.dispatch.rules import table as rules
from zhongshu.engine.dispatch.rules.evidence import Matter, Seen
from zhongshu.engine.dispatch.rules.responsibility import Ranking
from zhongshu.engine.dispatch.rules.table import Bodies, Row, Table
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

_ROW = ("id", "category", "place", "body", "trust", "priority", "starts", "ends")


def matter(category: str, place: int) -> Matter:
    """A case's category (major, minor code) and place (street, community by name)."""
    names = places.tree().names
    fine = (codes.Level.STREET, codes.Level.COMMUNITY)
    levels = [code for code in codes.ancestors(place) if codes.level_of(code) in fine]
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


def _table() -> Table:
    return Table(Row(*values) for values in Responsibility.objects.order_by("pk").values_list(*_ROW))


table = Cached(("responsibility", "table"), _table)
"""The whole responsibility table, kept per process until it changes."""


def _bodies() -> Bodies:
    return Bodies.of(people.called(), (pk for pk, body in people.tree().items() if body.ended is None))


bodies = Cached(("bodies", "tree"), _bodies)
"""The bodies as rankings know them, kept per process until the tree changes."""


def rank_bodies(category: str, place: int, at: datetime) -> Ranking:
    """The bodies that should take a case, best first, with reasons; `refused` when a person has to decide."""
    asked, known = matter(category, place), bodies()
    rows = table().deciding(category, codes.ancestors(place), at, known.living)
    return rules.rank(seen(evidence.keys(asked.category, asked.place)), asked, rows, known, at.date())
