"""What a stream carries, and to whom. Pure."""

import json
from dataclasses import dataclass

from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.rules import Scope


@dataclass(frozen=True, slots=True)
class Filter:
    """What one visitor may see: entries about a kind of thing within their scope, and their own.

    A scope is that of one permission, and so speaks of one kind of subject: who may read a case does not
    thereby learn who was refused a look at it.
    """

    account: str
    scope: Scope
    kind: str = "case"

    def lets(self, entry: Read) -> bool:
        """Whether this entry is for them; the same definition as lists and object checks."""
        within = entry.kind == self.kind and bool(entry.reach) and self.scope.covers(entry.reach)
        return within or entry.actor == self.account


def event(entry: Read) -> str:
    """A server-sent event: what happened to what, never what was written; pages fetch that by their own door."""
    facts = entry.facts
    data = {
        "verb": entry.verb, "kind": entry.kind, "subject": entry.subject, "at": entry.at.isoformat(),
        "number": facts.get("number"), "phase": facts.get("phase"), "category": facts.get("category"),
        "finished": facts.get("finished", False),
    }  # fmt: skip
    return f"id: {entry.id}\nevent: entry\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def begin(entry: int) -> str:
    """A stream that cannot go on from where the visitor was says after which entry it begins: fetch anew."""
    return f"id: {entry}\nevent: begin\ndata: {{}}\n\n"


BEAT = "event: beat\ndata: {}\n\n"
"""What a silent stream says; an event and not a comment, so that a page can tell a quiet city from a dead line."""


def entry_id(text: str) -> int:
    """The id of an entry in a header or address; 0 when it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
