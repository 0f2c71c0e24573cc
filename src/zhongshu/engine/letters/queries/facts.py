"""What a letter says of a case, read when it is made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.queries import contacts, one
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.rules.letters import LetterSettings
from zhongshu.engine.letters.rules import telling
from zhongshu.registers.people import queries as people
from zhongshu.registers.people import rules as spelling
from zhongshu.registers.places import queries as places


def facts(case_id: UUID, letter: LetterSettings, number: str, body: int | None, at: datetime) -> dict[str, Any]:
    """The data of a letter of this number that a body signs at `at`, in the shape of `rules/example.py`."""
    found = one.view(case_id)
    row = found.row
    return {
        "letter": {"name": letter.name, "number": number, "body": people.body_name(body), "date": telling.day(at)},
        "case": {
            "number": row.number, "title": row.title, "place": _place(row.place, row.opened), "address": row.address,
            "opened": telling.day(row.opened), "due": telling.day(row.due),
        },
        "applicant": _applicant(contacts.first(case_id), letter.names == "full"),
        "answers": telling.answers(found.scenario.form, found.data.get("answers", {}), people.body_name),
        "tasks": _tasks(found),
        "supplement": _supplement(case_id),
    }  # fmt: skip


def _place(code: int, at: datetime) -> str:
    return "".join(name.zh for name in places.tree().path(code, at=at))


def _applicant(told: Contact, full: bool) -> dict[str, str]:
    """Who told first, or for whom it was told: by the name they gave, else by their account's."""
    who = str(told.behalf or told.account or "")
    name = told.name
    if not name and who:
        name = (people.names([who]) if full and not told.behalf else people.shown_names([who])).get(who, "")
    if not full:
        return {"name": spelling.masked_name(name), "phone": spelling.masked_phone(told.phone) if told.phone else ""}
    return {"name": name, "phone": told.phone}


def _tasks(found: View) -> dict[str, Any]:
    """Task → who did it last, when, and what they answered; one that nobody has done is there with nothing in it."""
    done = {task.element: task for task in sorted(found.tasks, key=lambda task: task.token) if task.ending == "done"}
    names = people.names(str(task.closed_by) for task in done.values() if task.closed_by)
    return {element: _task(found, element, done.get(element), names) for element in found.scenario.settings.tasks}


def _task(found: View, element: str, task: Task | None, names: Mapping[str, str]) -> dict[str, Any]:
    given = task.outcome if task and isinstance(task.outcome, Mapping) else {}
    return {
        "by": names.get(str(task.closed_by), "") if task else "", "closed": telling.day(task.closed if task else None),
        "answers": telling.answers(found.scenario.forms.get(element), given, people.body_name),
    }  # fmt: skip


def _supplement(case_id: UUID) -> dict[str, Any]:
    """What the applicant was asked to add last; no items where nothing was."""
    last = next(reversed(lists.of_case(case_id)), None)
    if last is None:
        return {"items": [], "due": telling.day(None)}
    return {"items": [{"what": one.what, "why": one.why} for one in last.items], "due": telling.day(last.due)}
