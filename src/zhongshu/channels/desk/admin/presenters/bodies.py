"""Bodies as an administrator sees them: the tree, one body, what changing it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.access import Request
from zhongshu.base.journal import queries as journal
from zhongshu.channels.desk.admin.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.models import BodyMove
from zhongshu.engine.cases.queries import under_bodies
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.people.queries.burdened import Consequences
from zhongshu.registers.people.rules.organisation.rows import KINDS

PAGE = 100
HISTORY = 30
_KINDS = {code: name for name, code in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """A body in a list: `below` is how many living ones are directly under it."""

    body: Body
    name: str
    kind: str
    below: int


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a body's history."""

    at: datetime
    what: str
    who: str


def rows(found: Sequence[Body]) -> list[Row]:
    """Bodies with how many are under each: from the tree in memory."""
    below: dict[int | None, int] = {}
    for other in people.tree().values():
        if other.ended is None:
            below[other.parent_id] = below.get(other.parent_id, 0) + 1
    return [Row(body, names.local(body), kind(body.kind), below.get(body.pk, 0)) for body in found]


def kind(code: str) -> str:
    """What kind of body it is, in words."""
    return gettext(_KINDS[code])


def under(parent: Body | None, request: Request, permission: str) -> list[Body]:
    """The bodies directly under one; where the visitor's own part of the tree begins, for None."""
    if parent is None:
        return sorted(people.tops(request.by, permission, request.at), key=_order)
    return sorted((body for body in people.tree().values() if body.parent_id == parent.pk), key=_order)


def called(text: str, request: Request, permission: str) -> list[Body]:
    """The bodies of the visitor's part of the tree whose name, in either language, holds this; at most a page."""
    wanted = " ".join(text.split()).lower()
    mine = people.managed(request.by, permission, request.at)
    found = [body for body in mine if wanted in body.name.lower() or wanted in body.name_en.lower()]
    return sorted(found, key=_order)[:PAGE]


def _order(body: Body) -> tuple[bool, int]:
    return body.ended is not None, body.pk


def line(body: Body) -> list[tuple[int, str]]:
    """Id and name of the bodies over one, highest first, itself left out."""
    return [(pk, names.body(pk)) for pk in body.lineage[:-1]]


def history(body: Body) -> list[Happened]:
    """What happened to a body, newest first."""
    entries = journal.trace("body", str(body.pk))[-HISTORY:]
    who = people.shown_names({entry.actor for entry in entries})
    return [
        Happened(entry.at, _told(entry.verb, entry.facts), who.get(entry.actor, "—")) for entry in reversed(entries)
    ]


def _told(verb: str, facts: Mapping[str, Any]) -> str:
    said = words.verb(verb)
    if verb == "people.body_moved":
        return gettext("{what}：{before} → {after}").format(
            what=said, before=names.body(facts.get("from")) or "—", after=names.body(facts.get("parent"))
        )
    if changed := facts.get("changed", {}):
        parts = (f"{before or '—'} → {after or '—'}" for before, after in changed.values())
        return gettext("{what}：{parts}").format(what=said, parts=gettext("；").join(parts))
    return said


@dataclass(frozen=True, slots=True)
class Told:
    """What moving a body would change, in words."""

    found: Consequences
    work: Sequence[str]
    losing: str
    gaining: str


def told(found: Consequences) -> Told:
    """The consequences of a move in words."""
    return Told(
        found, burdens(found.work), gettext("、").join(names.local(body) for body in found.losing),
        gettext("、").join(names.local(body) for body in found.gaining),
    )  # fmt: skip


def burdens(found: Sequence[Any]) -> list[str]:
    """What hangs on a body, in sentences."""
    return [gettext(one.sentence).format(n=one.n) for one in found]


def move(body: Body) -> BodyMove | None:
    """How the open cases under a body follow its last move."""
    return under_bodies.newest_move(body.pk)
