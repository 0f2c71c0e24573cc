"""Cases as the public may see them: no text, no person; newest first within a span of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries.one import spelled


@dataclass(frozen=True, slots=True)
class Published:
    """A case without what anybody wrote on it. `changed` is the time of its last entry."""

    number: str
    category: str
    scenario: str
    version: int
    phase: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    changed: datetime | None
    place: int
    lon: float | None
    lat: float | None
    body: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cases opened from `first` to `last`, both included; `closed` narrows to those closed or to those running."""

    first: datetime
    last: datetime
    closed: bool | None = None
    limit: int = 50
    offset: int = 0


_COLUMNS = """c.number, c.category, c.scenario, c.version, c.phase, c.opened, c.due, c.closed, e.at, c.place, c.lon,
c.lat, c.body"""
_ENTRY = "LEFT JOIN journal_entry e ON e.kind = 'case' AND e.subject = c.id::text AND e.number = c.revision"

# The rows of everything that lies under the root stand in one index, newest first.
_ALL = """
SELECT r.case_id AS id, r.opened FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
WHERE r.ancestor = %(root)s AND r.opened BETWEEN %(first)s AND %(last)s {state}
  AND c.category = ANY(%(categories)s::text[])
ORDER BY r.opened DESC, r.case_id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
# Those of one category stand in another.
_OF_ONE = """
(SELECT c.id, c.opened FROM cases_case c
 WHERE c.category = %({name})s AND c.opened BETWEEN %(first)s AND %(last)s {state}
 ORDER BY c.opened DESC, c.id DESC LIMIT %(most)s)
"""
_ROWS = f"""
SELECT {_COLUMNS} FROM ({{found}}) f JOIN cases_case c ON c.id = f.id {_ENTRY}
ORDER BY f.opened DESC, f.id DESC
"""


def page(root: int, categories: Sequence[str], wanted: Wanted) -> list[Published]:
    """One page of the cases of any of many categories; `root` is the ancestor of everything."""
    state = "" if wanted.closed is None else "AND NOT r.running" if wanted.closed else "AND r.running"
    given = _bounds(wanted) | {"root": root, "categories": list(categories)}
    return _read(_ROWS.format(found=_ALL.format(state=state)), given)


def page_of(categories: Sequence[str], wanted: Wanted) -> list[Published]:
    """One page of the cases of a few categories: each is walked in its own index, as far as the page reaches."""
    state = {None: "", True: "AND c.closed IS NOT NULL", False: "AND c.closed IS NULL"}[wanted.closed]
    named = {f"category{number}": category for number, category in enumerate(categories)}
    if not named:
        return []
    walks = " UNION ALL ".join(_OF_ONE.format(name=name, state=state) for name in named)
    found = f"SELECT * FROM ({walks}) u ORDER BY opened DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s"
    return _read(_ROWS.format(found=found), _bounds(wanted) | named | {"most": wanted.offset + wanted.limit})


def numbered(numbers: Sequence[str], categories: Sequence[str]) -> list[Published]:
    """The cases with these numbers that are of these categories, newest first."""
    found = "SELECT id, opened FROM cases_case WHERE number = ANY(%(numbers)s) AND category = ANY(%(categories)s)"
    given = {"numbers": [spelled(number) for number in numbers], "categories": list(categories)}
    return _read(_ROWS.format(found=found), given)


def number_of(case_id: UUID, categories: Sequence[str]) -> str | None:
    """The number of a case of these categories; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM cases_case WHERE id = %s AND category = ANY(%s)", [case_id, list(categories)]
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _bounds(wanted: Wanted) -> dict[str, Any]:
    return {"first": wanted.first, "last": wanted.last, "limit": wanted.limit, "offset": wanted.offset}


def _read(sql: str, given: dict[str, Any]) -> list[Published]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Published(*row) for row in cursor.fetchall()]
