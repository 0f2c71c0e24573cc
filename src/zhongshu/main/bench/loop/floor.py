"""The floor: the rows of one real lifecycle written again by bare psycopg, statement by statement, nothing else.

One connection, prepared statements, one transaction a step as in the product; the rows and their values are those a
lifecycle over HTTP left behind, under new ids. No parsing, no rights, no process, no hashing: what remains is
PostgreSQL and its driver.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import uuid_utils.compat
from psycopg.types.json import Jsonb

_TABLES = ("cases_contact", "cases_case", "cases_reach", "cases_task", "journal_entry")
_KEYS = {"journal_entry": "subject"}


@dataclass(frozen=True, slots=True)
class Rows:
    """What one lifecycle left behind, by table."""

    tables: dict[str, list[dict[str, Any]]]


def recorded(connection: psycopg.Connection[Any], number: str) -> Rows:
    """The rows of the case with this number."""
    ((case_id,),) = connection.execute("SELECT id FROM cases_case WHERE number = %s", [number]).fetchall()
    tables = {}
    for table in _TABLES:
        key = _KEYS.get(table, "id" if table == "cases_case" else "case_id")
        value = str(case_id) if table == "journal_entry" else case_id
        with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s ORDER BY 1, 2", [value])
            tables[table] = cursor.fetchall()
    return Rows(tables)


class Floor:
    """Writes and reads back lifecycles."""

    def __init__(self, connection: psycopg.Connection[Any], rows: Rows) -> None:
        self.connection, self.rows = connection, rows
        self.case = rows.tables["cases_case"][0]
        self.tasks = rows.tables["cases_task"]
        self.entries = rows.tables["journal_entry"]
        self.serial = 0

    def lifecycle(self) -> None:
        """The same steps: create, claim, handle, verify, close, read back."""
        case_id = uuid_utils.compat.uuid7()
        self.serial += 1
        self._create(case_id)
        for step, entry in enumerate(self.entries[1:]):
            with self.connection.transaction():
                self._lock(case_id)
                self._move(case_id, step)
                self._entry(case_id, entry)
        self._read(case_id)

    def _create(self, case_id: UUID) -> None:
        with self.connection.transaction():
            contact = self.rows.tables["cases_contact"][0]
            self._insert(
                "cases_contact",
                contact | {"case_id": case_id, "id": uuid_utils.compat.uuid7(), "key": f"floor-{case_id}"},
            )
            number = f"F{self.serial:012d}-{case_id.hex[-6:]}"
            self._insert("cases_case", self.case | {"id": case_id, "number": number, "closed": None, "revision": 1})
            for reach in self.rows.tables["cases_reach"]:
                self._insert("cases_reach", reach | {"case_id": case_id, "running": True})
            self._task(case_id, self.tasks[0])
            self._entry(case_id, self.entries[0])

    def _move(self, case_id: UUID, step: int) -> None:
        """Step 0 is the claim; each later one ends a task and opens the next, the last closes the case."""
        case = self.case
        self.connection.execute(
            """UPDATE cases_case SET phase = %s, body = %s, reach = %s, closed = %s, data = %s, marking = %s,
               revision = revision + 1 WHERE id = %s""",
            [
                case["phase"], case["body"], case["reach"], case["closed"] if step == 3 else None,
                Jsonb(case["data"]), Jsonb(case["marking"]), case_id,
            ],
        )  # fmt: skip
        if step == 0:
            task = self.tasks[0]
            self.connection.execute(
                "UPDATE cases_task SET assignee = %s, claimed = %s WHERE case_id = %s AND token = %s",
                [task["assignee"], task["claimed"], case_id, task["token"]],
            )
            return
        done = self.tasks[step - 1]
        self.connection.execute(
            """UPDATE cases_task SET closed = %s, ending = %s, closed_by = %s, outcome = %s
               WHERE case_id = %s AND token = %s""",
            [done["closed"], done["ending"], done["closed_by"], Jsonb(done["outcome"]), case_id, done["token"]],
        )
        if step < len(self.tasks):
            self._task(case_id, self.tasks[step])
        else:
            self.connection.execute("UPDATE cases_reach SET running = false WHERE case_id = %s", [case_id])

    def _task(self, case_id: UUID, task: dict[str, Any]) -> None:
        fresh = {"case_id": case_id, "closed": None, "ending": None, "closed_by": None, "outcome": None}
        self._insert("cases_task", task | fresh)

    def _lock(self, case_id: UUID) -> None:
        self.connection.execute("SELECT * FROM cases_case WHERE id = %s FOR UPDATE", [case_id]).fetchone()
        self.connection.execute("SELECT * FROM cases_task WHERE case_id = %s AND closed IS NULL", [case_id]).fetchall()

    def _entry(self, case_id: UUID, entry: dict[str, Any]) -> None:
        self.connection.execute(
            """INSERT INTO journal_subject AS s (kind, id, count, head) VALUES ('case', %s, 1, %s)
               ON CONFLICT (kind, id) DO UPDATE SET count = s.count + 1, head = excluded.head""",
            [str(case_id), entry["leaf"]],
        )
        row = {name: value for name, value in entry.items() if name not in ("id", "xid", "recorded")}
        self._insert("journal_entry", row | {"subject": str(case_id)})

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        gaps = ", ".join(["%s"] * len(row))
        values = [Jsonb(value) if isinstance(value, dict) else value for value in row.values()]
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({gaps})", values)

    def _read(self, case_id: UUID) -> None:
        self.connection.execute("SELECT * FROM cases_case WHERE id = %s", [case_id]).fetchone()
        self.connection.execute("SELECT * FROM cases_task WHERE case_id = %s", [case_id]).fetchall()
        self.connection.execute(
            "SELECT * FROM journal_entry WHERE kind = 'case' AND subject = %s ORDER BY number", [str(case_id)]
        ).fetchall()
