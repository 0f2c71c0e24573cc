"""Telling officials what an applicant, or somebody in charge, wants of their task: that it is urged, or goes on."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.queries.reach import reach_of_pool
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

URGED = "case.urged"
ENDED = frozenset({"case.supplement_answered", "case.supplement_lapsed", "case.supplement_dropped"})
VERBS = ENDED | {URGED}
MOST_TOLD = 50
"""People of one pool told of one urge."""


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario, place: int) -> None:
    """Send the holder of each urged task, else the people it is offered to, word; who asked for a supplement how that
    ended, and who has the task now.
    """
    if entry.verb == URGED:
        _urged(entry, about, scenario, place)
        return
    template = entry.verb.replace("case.", "task.")
    concerned = dict.fromkeys(filter(None, (entry.facts["asker"], entry.facts.get("assignee"))))
    for account in concerned:
        if account != entry.actor:
            _send(template, {**about, "reason": entry.facts.get("reason", "")}, account, entry)


def _urged(entry: Read, about: Mapping[str, Any], scenario: Scenario, place: int) -> None:
    for task in entry.facts["urged"]:
        said = {
            **about, "reason": entry.facts["reason"], "times": task["times"], "token": task["token"],
            "task": scenario.task_name(task["element"]), "task_en": scenario.task_name(task["element"], "en"),
        }  # fmt: skip
        for account in _people(entry, task, place):
            _send("task.urged", said, account, entry)


def _people(entry: Read, task: Mapping[str, Any], place: int) -> list[str]:
    if task["assignee"]:
        return [task["assignee"]]
    reach = reach_of_pool(task["pool"], place, entry.reach)
    found = people.holders(task["role"], reach, entry.at).order_by("pk").values_list("pk", flat=True)
    return [str(account) for account in found[:MOST_TOLD]]


def _send(template: str, said: Mapping[str, Any], account: str, entry: Read) -> None:
    key = f"{entry.id}:{template}:{said.get('token', '')}:{account}"
    messages.send(template, said, key=key, account=account, case_id=entry.subject, at=entry.at)
