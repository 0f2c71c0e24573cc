"""What a stream carries, and to whom. Pure."""

import json
from dataclasses import dataclass

from zhongshu.base.journal.rules import Read
from zhongshu.base.permissions.rules import Scope


@dataclass(frozen=True, slots=True)
class Filter:
    """What one visitor may see: entries within their scope, and those about themselves."""

    account: str
    scope: Scope

    def lets(self, entry: Read) -> bool:
        """Whether this entry is for them; the same definition as lists and object checks."""
        return bool(entry.reach) and self.scope.covers(entry.reach) or entry.actor == self.account


def event(entry: Read) -> str:
    """One server-sent event. It says what happened to what, never what was written: pages fetch that behind their own door."""
    facts = entry.facts
    data = {
        "verb": entry.verb, "kind": entry.kind, "subject": entry.subject, "at": entry.at.isoformat(),
        "number": facts.get("number"), "phase": facts.get("phase"), "category": facts.get("category"),
        "finished": facts.get("finished", False),
    }  # fmt: skip
    return f"id: {entry.id}\nevent: entry\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def comment(text: str) -> str:
    """A line that keeps a stream alive."""
    return f": {text}\n\n"
