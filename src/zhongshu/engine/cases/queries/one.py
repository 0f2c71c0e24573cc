"""One case with everything on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import VOICE, Attachment, Contact
from zhongshu.engine.cases.queries import scenarios, seen
from zhongshu.engine.cases.queries.lists import COLUMNS, Row
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.models import Document


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a case, open or ended; `signs` is the task it is a signature to, if it is one."""

    token: int
    element: str
    phase: str
    role: str
    pool: int
    assignee: UUID | None
    delegate: UUID | None
    opened: datetime
    due: datetime | None
    claimed: datetime | None
    arrived: datetime | None
    closed: datetime | None
    closed_by: UUID | None
    ending: str | None
    urged: int
    signs: int | None
    outcome: Any

    def is_with(self, account: str) -> bool:
        """Whether this account has the task: answers for it, or does it for who does."""
        return account in (str(self.assignee), str(self.delegate))


_TASKS = """
SELECT token, element, phase, role, pool, assignee, delegate, opened, due, claimed, arrived, closed, closed_by,
       ending, urged, signs, outcome::text
FROM cases_task WHERE case_id = %s ORDER BY closed IS NOT NULL, token DESC
"""


@dataclass(frozen=True)
class View:
    """A case and its tasks (open first, then newest); what was attached and who told is read when it is asked for."""

    row: Row
    scenario: Scenario
    reach: tuple[int, ...]
    data: dict[str, Any]
    revision: int
    tasks: list[Task]

    @cached_property
    def attachments(self) -> list[Attachment]:
        """What was attached, oldest first."""
        return list(Attachment.objects.filter(case_id=self.row.id).order_by("at"))

    @cached_property
    def documents(self) -> dict[UUID, Document]:
        """The documents attached that still exist, by id."""
        return documents.several([attachment.document for attachment in self.attachments])

    @property
    def photos(self) -> list[Attachment]:
        """The pictures among what was attached."""
        shown = (one for one in self.attachments if one.field != VOICE and one.document in self.documents)
        return [one for one in shown if not self.documents[one.document].is_file]

    @property
    def files(self) -> list[tuple[Attachment, Document]]:
        """The files and letters, each with what is known of it."""
        shown = [(one, self.documents[one.document]) for one in self.attachments if one.document in self.documents]
        return [(one, document) for one, document in shown if document.is_file]

    @property
    def voices(self) -> list[Attachment]:
        """The voice notes."""
        return [attachment for attachment in self.attachments if attachment.field == VOICE]

    @cached_property
    def contacts(self) -> list[Contact]:
        """Who told, first comer first."""
        return list(Contact.objects.filter(case_id=self.row.id).order_by("received"))

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.closed is None]


_COLUMNS = f"{COLUMNS}, c.reach, c.data::text, c.revision"


def view(case_id: UUID) -> View:
    """The case whoever asks: for callers that have checked already. Absent when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM cases_case c WHERE c.id = %s", [case_id])
        found = cursor.fetchone()
        if found is None:
            raise Absent("没有找到这个办件。")
        cursor.execute(_TASKS, [case_id])
        rows = [[*row, msgspec.json.decode(told or "null")] for *row, told in cursor.fetchall()]
        tasks = [Task(*row) for row in rows]
    *plain, reach, data, revision = found
    row = Row(*plain)
    return View(
        row=row,
        scenario=scenarios.version(row.scenario, row.version),
        reach=tuple(reach),
        data=msgspec.json.decode(data),
        revision=revision,
        tasks=tasks,
    )


def seen_by(actor: Actor, case_id: UUID, at: datetime) -> View:
    """The case for an actor; Foreign when it is not theirs to see."""
    found = view(case_id)
    mine = any(task.is_with(actor.id) for task in found.open_tasks)
    if not (mine or permissions.may(actor, seen.READ, found.reach, at)):
        raise seen.Foreign(case_id, found.reach)
    return found


def spelled(number: str) -> str:
    """A case's number as people may type it, in its one spelling: capitals and digits."""
    return "".join(char for char in number.upper() if char.isascii() and char.isalnum())[:40]


def numbers_of(cases: Collection[UUID]) -> dict[UUID, str]:
    """Case id → number, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM cases_case WHERE id = ANY(%s::uuid[])", [list(cases)])
        return dict(cursor.fetchall())


def id_of(number: str) -> UUID:
    """The id of the case with this number; Absent when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE number = %s", [spelled(number)])
        found = cursor.fetchone()
    if found is None:
        raise Absent("没有找到这个办件。")
    return found[0]
