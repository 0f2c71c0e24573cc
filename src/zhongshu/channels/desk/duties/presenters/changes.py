"""Changes of the responsibility table in words, and what a trial of them came to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.approvals.models import Proposal
from zhongshu.channels.desk.duties.presenters import rows as presenter
from zhongshu.channels.desk.duties.presenters import tried
from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch.models import Version
from zhongshu.engine.dispatch.queries import rows, trials
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.engine.dispatch.rules.trial import Trial
from zhongshu.registers.people import queries as people

_WITHOUT = {
    "few": "近四周的办件太少，看不出快慢。",
    "roster": "近一周没有处置人员的班次，算不出快慢。",
    "roads": "这一带没有路网，或范围太大，算不出快慢。",
}
_OUTCOMES = {"approved": "已同意", "refused": "未同意", "withdrawn": "已撤回"}


@dataclass(frozen=True, slots=True)
class Said:
    """A change in words: where, who answered and who will; `line` is the change for a hidden field."""

    category: str
    place: str
    sentence: str
    percent: int | None
    priority: int
    starts: datetime | None
    ends: datetime | None
    line: str


@dataclass(frozen=True, slots=True)
class Taker:
    """What a body has, gets and would get, in numbers of events."""

    name: str
    actual: int
    before: int
    after: int
    difference: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An event that would change hands, with its page."""

    number: str
    address: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Paced:
    """How long a body's events would wait: in words, and side by side."""

    name: str
    sentence: str
    lines: tuple[tried.Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial as a page shows it; `full` when there were more events than are tried."""

    events: int
    moved: int
    full: bool
    takers: tuple[Taker, ...]
    examples: tuple[Moved, ...]
    paces: tuple[Paced, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal or version with its changes in words and who proposed and decided it."""

    record: Any
    changes: tuple[Said, ...]
    trial: Shown
    proposer: str
    decider: str

    @property
    def later(self) -> bool:
        """Whether something of it begins on a later day."""
        return any(change.starts is not None for change in self.changes)


def said(changes: Iterable[Change], bodies: dict[int, int] | None = None) -> tuple[Said, ...]:
    """The changes in words; whose the rows before were is read in one statement unless it is given."""
    listed = list(changes)
    before = rows.bodies_of(c.row for c in listed if c.row is not None) if bodies is None else bodies
    return tuple(_said(change, names.body(before.get(change.row or 0))) for change in listed)


def _said(change: Change, before: str) -> Said:
    return Said(
        category=presenter.category_name(change.category), place=presenter.place_name(change.place),
        sentence=_sentence(change, before), percent=None if change.body is None else round(100 * change.trust),
        priority=change.priority, starts=change.starts, ends=change.ends, line=msgspec.json.encode(change).decode(),
    )  # fmt: skip


def _sentence(change: Change, before: str) -> str:
    after = names.body(change.body)
    if change.body is None:
        return gettext("终止：不再写明由{before}负责").format(before=before)
    if change.row is None:
        return gettext("新增：写明由{after}负责").format(after=after)
    if before == after:
        return gettext("调整：仍由{after}负责").format(after=after)
    return gettext("更换：由{before}改为{after}负责").format(before=before, after=after)


def trial(found: Trial) -> Shown:
    """A trial with names and links."""
    takers = tuple(
        Taker(
            _taker(line.body), line.actual, line.before, line.after, f"{line.difference:+d}" if line.difference else "0"
        )
        for line in found.lines
    )
    examples = tuple(
        Moved(
            one.number, reverse("desk:case", args=[one.number]), names.category(one.category, one.category),
            _taker(one.before), _taker(one.after),
        )
        for one in found.examples
    )  # fmt: skip
    return Shown(found.events, found.moved, found.events >= trials.MOST_EVENTS, takers, examples, _paces(found))


def _paces(found: Trial) -> tuple[Paced, ...]:
    return tuple(
        Paced(names.body(one.body), tried.change(one.before, one.after), tried.lines(one.before, one.after))
        if one.before and one.after
        else Paced(names.body(one.body), gettext(_WITHOUT[one.why]), ())
        for one in found.pace
    )


def _taker(body: int | None) -> str:
    return names.body(body) or gettext("未派或由人工派遣")


def outcome(code: str) -> str:
    """What became of a proposal; empty while it waits."""
    return gettext(_OUTCOMES[code]) if code else ""


def proposals(found: Sequence[Proposal]) -> list[Asked]:
    """Proposals in words: two statements, however many."""
    return _asked([(one, one.body["changes"], one.body["trial"], one.proposer, one.decider) for one in found])


def versions(found: Sequence[Version]) -> list[Asked]:
    """Versions in words: two statements, however many."""
    return _asked([(one, one.changes, one.trial, one.proposer, one.approver) for one in found])


def _asked(found: Sequence[tuple[Any, Any, Any, Any, Any]]) -> list[Asked]:
    changes = [msgspec.convert(listed, tuple[Change, ...]) for _, listed, _, _, _ in found]
    before = rows.bodies_of(c.row for listed in changes for c in listed if c.row is not None)
    called = people.names({str(who) for row in found for who in row[3:] if who}) if found else {}
    return [
        Asked(
            record, said(listed, before), trial(msgspec.convert(tried, Trial)),
            called.get(str(proposer), ""), called.get(str(decider), ""),
        )
        for (record, _, tried, proposer, decider), listed in zip(found, changes, strict=True)
    ]  # fmt: skip
