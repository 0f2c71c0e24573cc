"""Telling people what happened to the matter they told of, and officers what waits for them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.reactions import (
    acting,
    alarms,
    asking,
    ending,
    going_back,
    handling,
    hands,
    retracting,
    signing,
    whistle,
    years,
)
from zhongshu.engine.cases.rules import telling
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.catalogue import queries as catalogue

_STEPS = frozenset(
    {"case.opened", "case.task_completed", "case.task_assigned", "case.timer_fired", "case.message_came",
     "case.signal_came"}
)  # fmt: skip
_APPLIED = {
    "case.opened": "start.opened", "case.advanced": "start.advanced", "case.closed": "start.closed",
    "case.refused": "start.refused", "case.reopened": "start.reopened",
}  # fmt: skip
"""What an applicant is told who asked for something, where others are told that they reported it."""
TELLING = frozenset(alarms.VERBS).union(
    *(each.VERBS for each in (asking, whistle, retracting, ending, handling, hands, years, going_back, signing)),
    telling.RELATED,
    _STEPS,
    telling.ASKED,
    {telling.LETTER},
)


def tell(entry: Read) -> None:
    """Tell every reporter when the phase moves, every officer a task was given to, and those an alarm is for.

    One message for each entry and person.
    """
    facts = entry.facts
    case = _case(entry.subject)
    if case is None:
        return
    if entry.verb in alarms.VERBS:
        alarms.tell(entry, _about(case), case["scenario"])
        return
    if entry.verb in signing.VERBS:
        signing.tell(entry, _about(case), case["scenario"])
        return
    whistle.tell(entry, _about(case))
    asking.tell(entry, _about(case), case["starter"], _phase(entry, case))
    if entry.verb in going_back.VERBS:
        going_back.tell(entry, _about(case), case["scenario"])
    if entry.verb in retracting.VERBS:
        retracting.tell(entry, _about(case))
    if entry.verb in ending.VERBS or entry.verb == ending.MERGED:
        ending.tell(entry, _about(case))
    if entry.verb in handling.VERBS:
        handling.tell(entry, _about(case), case["scenario"], case["place"])
    if template := telling.template(entry.verb, facts):
        _tell_reporters(entry, template, case)
    hands.tell(entry, _about(case), case["scenario"])
    years.tell(entry, _about(case), case["scenario"])
    for task in _given(entry.verb, facts):
        _tell_officer(entry, "task.assigned", task["assignee"], case, task)
    if loser := _relieved(entry.verb, facts):
        _tell_officer(entry, "task.taken", loser, case, {"token": facts["token"], "element": facts["task"]})


def _relieved(verb: str, facts: dict[str, Any]) -> str | None:
    """Who need not go any more: another was sent, or has done it instead."""
    if verb == "case.task_assigned":
        return None if facts["before"] == facts["assignee"] else facts["before"]
    return facts.get("instead_of") if verb == "case.task_completed" else None


def _tell_officer(entry: Read, template: str, account: str, case: dict[str, Any], task: Mapping[str, Any]) -> None:
    messages.send(
        template,
        _about(case) | _named("task", case["scenario"].task_name, task["element"]) | {"token": task["token"]},
        key=f"{entry.id}:{template}:{task['token']}", account=account, case_id=entry.subject, at=entry.at,
    )  # fmt: skip


def _reason(facts: dict[str, Any]) -> str:
    """Why the case took this turn, in the words of who decided."""
    outcome = facts.get("outcome") or {}
    return str(outcome.get("reason") or outcome.get("note") or facts.get("reason") or "")


def _given(verb: str, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The tasks that an entry gives to somebody."""
    if verb == "case.task_assigned":
        return [{"token": facts["token"], "element": facts["task"], "assignee": facts["assignee"]}]
    if verb in going_back.VERBS:
        return []
    return [task for task in facts.get("tasks", ()) if task.get("assignee")]


def _case(case_id: str) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT number, title, category, scenario, version, place, source, data #>> '{started,by}'
               FROM cases_case WHERE id = %s""",
            [case_id],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    number, title, category, code, version, place, source, starter = row
    return {
        "number": number, "title": title, "category": category, "scenario": scenarios.version(code, version),
        "place": place, "source": source, "starter": starter or "",
    }  # fmt: skip


def _about(case: dict[str, Any]) -> dict[str, Any]:
    settings = case["scenario"].settings
    named = settings.name_en if case["title"] == settings.name else catalogue.category_name(case["category"], "en")
    return {"title": case["title"], "title_en": named or case["title"], "number": case["number"]}


def _named(fact: str, name: Callable[[str, str], str], code: str) -> dict[str, str]:
    return {fact: name(code, "zh-hans"), f"{fact}_en": name(code, "en")}


def _tell_reporters(entry: Read, template: str, case: dict[str, Any]) -> None:
    template = _APPLIED.get(template, template) if case["source"] == "applicant" else template
    facts = _about(case) | {"reason": _reason(entry.facts), "into": entry.facts.get("into", "")}
    facts |= {name: entry.facts[name] for name in ("letter", "letter_en") if name in entry.facts}
    facts |= _phase(entry, case)
    facts |= {"count": entry.facts.get("count", ""), "due": alarms.due(entry.facts.get("due"))}
    for contact, case_id, number, account, phone, behalf in _contacts(entry):
        key, said = f"{entry.id}:{contact}", facts | {"number": number}
        if behalf is None:
            messages.send(template, said, key=key, account=account, phone=phone, case_id=case_id, at=entry.at)
            continue
        matter = (case["scenario"].code, case["category"])
        acting.tell(template, said, key=key, agent=account, behalf=behalf, matter=matter, case_id=case_id, at=entry.at)


def _phase(entry: Read, case: Mapping[str, Any]) -> dict[str, str]:
    """What the phase is called that an entry brought a case into."""
    phase = (entry.facts.get("phase") or (None, ""))[1] or ""
    return _named("phase", case["scenario"].phase_name, phase) if phase else {}


_CONTACTS = """
SELECT k.id, c.id, c.number, k.account, k.phone, k.behalf FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
WHERE (c.id = %(case)s OR (c.master = %(case)s AND NOT %(own)s)) AND (k.account IS NOT NULL OR k.phone <> '')
  AND (%(one)s::uuid IS NULL OR k.id = %(one)s) ORDER BY k.received, k.id
"""


def _contacts(entry: Read) -> list[tuple[Any, ...]]:
    """Who is to hear, each under the number they were given: all who told of the case and of those merged into it.

    Of a merge or a split only the case's own hear, of one who joined only they.
    """
    asked = {"case": entry.subject, "own": entry.verb in telling.RELATED, "one": entry.facts.get("contact")}
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, asked)
        return cursor.fetchall()
