"""Telling those who are asked to sign, and who asked that it was signed."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.signing import CALLED, DISAGREE, SIGNATURE, TASK
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

_SIGNERS = {
    "case.signature_asked": "sign.asked", "case.signer_reminded": "sign.reminded", "case.signature_off": "sign.off",
}  # fmt: skip
VERBS = frozenset({*_SIGNERS, "case.signed", "case.signature_answered"})
MOST_TOLD = 50


def tell(entry: Read, about: Mapping[str, Any], scenario: Scenario) -> None:
    """Send everybody concerned their message, once each."""
    facts = entry.facts
    template, accounts = _news(entry)
    said = {name: facts.get(name, "") for name in ("question", "reason", "reply")} | _task(scenario, facts)
    for account in list(dict.fromkeys(accounts))[:MOST_TOLD]:
        messages.send(
            template, {**about, **said}, key=f"{entry.id}:{template}:{account}", account=account,
            case_id=entry.subject, at=entry.at,
        )  # fmt: skip


def _news(entry: Read) -> tuple[str, Iterable[str]]:
    facts = entry.facts
    if entry.verb == "case.signed":
        disagrees = facts["outcome"].get("opinion") == DISAGREE
        return "sign.disagreed" if disagrees else "sign.given", filter(None, [facts["holder"]])
    if entry.verb == "case.signature_answered":
        return "sign.answered", filter(None, [facts["signed_by"]])
    return _SIGNERS[entry.verb], [facts["signer"]] if facts["signer"] else _leaders(entry)


def _leaders(entry: Read) -> list[str]:
    """Those who lead the body that is asked, or the next above it that is led; else those who lead where it is."""
    for body in reversed(people.lineage(entry.facts["called_body"])):
        if found := people.heads(TASK.role, body, entry.at):
            return found
    return [str(pk) for pk in people.holders(TASK.role, entry.reach, entry.at).values_list("pk", flat=True)]


def _task(scenario: Scenario, facts: Mapping[str, Any]) -> dict[str, str]:
    """The task that is signed, as it is called; after a signature only that it is one is known."""
    if facts["task"] == SIGNATURE:
        return {"task": CALLED, "task_en": TASK.name_en}
    return {"task": scenario.task_name(facts["task"]), "task_en": scenario.task_name(facts["task"], "en")}
