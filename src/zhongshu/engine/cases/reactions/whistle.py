"""Telling bodies that a whistle calls them, or no longer does, and its blower when the lead is not in charge."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.rules.whistle import NOT_OURS
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

VERBS = frozenset({"case.body_called", "case.body_called_off", "case.lead_named", "case.body_scored"})
ROLES = ("leader", "handler")
MOST_TOLD = 50
"""People of one body told of one call."""


def tell(entry: Read, about: Mapping[str, Any]) -> None:
    """Send everybody whom an entry concerns as one of a called body, or as the blower, their message, once each."""
    for template, facts, accounts in _news(entry):
        for account in list(dict.fromkeys(accounts))[:MOST_TOLD]:
            messages.send(
                template, {**about, **facts}, key=f"{entry.id}:{template}:{facts['at_body']}:{account}",
                account=account, case_id=entry.subject, at=entry.at,
            )  # fmt: skip


News = Iterator[tuple[str, dict[str, Any], Iterable[str]]]


def _news(entry: Read) -> News:
    facts, at = entry.facts, entry.at
    for call in facts.get("called", ()):
        template = "whistle.called_lead" if call["lead"] else "whistle.called"
        yield template, _body(call["body"]) | limit(call["due"]), crew(call["body"], at)
    for call in facts.get("unheard", ()):
        holder = [call["assignee"]] if call["assignee"] else []
        yield "whistle.over", _body(call["body"]), [*holder, *crew(call["body"], at)]
    answered = facts.get("answered") or {}
    if answered.get("lead") and answered.get("answer") == NOT_OURS:
        reason = {"reason": (facts.get("outcome") or {}).get("reason", "")}
        yield "whistle.lead_refused", _body(answered["body"]) | reason, [answered["blower"]]
    if entry.verb in VERBS:
        yield from _of_the_verb(entry)


def _of_the_verb(entry: Read) -> News:
    facts, at = entry.facts, entry.at
    body = facts["called_body"]
    said = _body(body) | {"reason": facts.get("reason", "")}
    if entry.verb == "case.body_called_off":
        yield "whistle.off", said, crew(body, at)
    elif entry.verb == "case.lead_named":
        yield "whistle.lead_named", said, crew(body, at)
    elif entry.verb == "case.body_scored":
        answerer = [facts["told"]] if facts.get("told") else crew(body, at)
        yield "whistle.scored", said | {"score": facts["score"], "note": facts["note"]}, answerer


def crew(body: int, at: datetime) -> list[str]:
    """Those in charge of a body and those who do its work; where it has none, those of the next above it that does."""
    for above in reversed(people.lineage(body)):
        if found := [account for role in ROLES for account in people.heads(role, above, at)]:
            return found
    return []


def _body(body: int) -> dict[str, Any]:
    return {"body": people.body_name(body), "body_en": people.body_name(body, "en"), "at_body": body}


def limit(text: str | None) -> dict[str, str]:
    """A deadline as a message of a body says it, in both languages."""
    if text is None:
        return {"due": "不限时", "due_en": "no limit"}
    return {"due": f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"}
