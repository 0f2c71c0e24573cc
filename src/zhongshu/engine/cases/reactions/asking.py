"""Telling bodies that they are asked, or no longer, and who started a case that it has ended."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.cases.reactions.whistle import crew, limit
from zhongshu.engine.messages import actions as messages
from zhongshu.registers.people import queries as people

DROPPED = "case.body_dropped"
VERBS = frozenset({"case.body_asked", DROPPED})


def tell(entry: Read, about: Mapping[str, Any], starter: str, ended: Mapping[str, str]) -> None:
    """Send those who answer for an asked body their word, and once a case is over its `starter` (empty: none).

    `ended`: the phase it ended in, as messages name it.
    """
    for template, facts, accounts in _news(entry):
        for account in accounts:
            messages.send(
                template, {**about, **facts}, key=f"{entry.id}:{template}:{facts['at_body']}:{account}",
                account=account, case_id=entry.subject, at=entry.at,
            )  # fmt: skip
    if starter and entry.facts.get("finished"):
        messages.send(
            "start.ended", {**about, **ended}, key=f"{entry.id}:start.ended", account=starter, case_id=entry.subject,
            at=entry.at,
        )  # fmt: skip


def _news(entry: Read) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    facts = entry.facts
    for one in facts.get("asked", ()):
        yield "asking.asked", _body(one["body"]) | limit(one["due"]), _answering(entry, one)
    template = "asking.dropped" if entry.verb == DROPPED else "asking.over"
    for one in facts.get("unasked", ()):
        yield template, _body(one["body"]) | {"reason": facts.get("reason", "")}, _answering(entry, one)


def _answering(entry: Read, one: Mapping[str, Any]) -> list[str]:
    """Who has a body's task; while nobody does, those in charge of the body and those who do its work."""
    return [one["assignee"]] if one["assignee"] else crew(one["body"], entry.at)


def _body(body: int) -> dict[str, Any]:
    return {"body": people.body_name(body), "body_en": people.body_name(body, "en"), "at_body": body}
