"""The imports there have been, as the journal has them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.base.journal.models import Entry
from zhongshu.registers.places.queries.edition import SUBJECT
from zhongshu.registers.places.rules.order import Register

PAGE = 50
_VERBS = {f"places.{register}_imported": register for register in Register}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: into which register, by whom (an account's id), when, and what it came to."""

    number: int
    register: Register
    actor: str
    at: datetime
    facts: dict[str, Any]


def imports(before: int | None = None, limit: int = PAGE) -> list[Import]:
    """Imports of files, newest first; those older than the one with the number `before`."""
    kind, id_ = SUBJECT
    found = Entry.objects.filter(kind=kind, subject=id_, verb__in=_VERBS).order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    return [Import(e.number, _VERBS[e.verb], e.actor, e.at, e.facts) for e in found[:limit]]
