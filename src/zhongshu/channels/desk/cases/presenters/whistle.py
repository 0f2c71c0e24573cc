"""A whistle at the desk: the bodies called, their clocks, answers and marks, and what the visitor may do about them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.answers import Fact, answered
from zhongshu.engine.cases.queries import whistle as called
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.queries.whistle import Call
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules import whistle as rules
from zhongshu.engine.cases.rules.whistle import BEST
from zhongshu.registers.people import queries as people

_MARKS = {"response": "响应速度", "result": "办理效果", "attitude": "工作态度"}
_SCALE = ("5 分 很好", "4 分 好", "3 分 一般", "2 分 差", "1 分 很差")
_STATES = {"open": "待报到", "answered": "已报到", "refused": "不属其职责", "off": "已撤回点名", "ended": "未报到"}


@dataclass(frozen=True, slots=True)
class Row:
    """A called body. `now`: it belongs to the whistle that is out; the flags are what the visitor may do."""

    call: Call
    body: str
    state: str
    facts: list[Fact]
    urgency: str
    now: bool
    may_act: bool
    may_score: bool

    @property
    def offable(self) -> bool:
        return self.now and self.may_act

    @property
    def off_form(self) -> str:
        """What tells this body's forms from those of others on the page."""
        return f"off-{self.call.token}"

    @property
    def lead_form(self) -> str:
        return f"lead-{self.call.token}"

    @property
    def questions(self) -> list[tuple[str, str]]:
        """What marks are given for."""
        return [(name, gettext(words)) for name, words in _MARKS.items()]

    @property
    def scale(self) -> list[tuple[int, str]]:
        """What each mark means, the best first."""
        return [(BEST - place, gettext(words)) for place, words in enumerate(_SCALE)]


@dataclass(frozen=True, slots=True)
class Whistle:
    """All bodies called, how many of those of the last whistle came, and whom one may still call."""

    rows: list[Row]
    came: int
    called: int
    out: bool
    may_call: bool
    bodies: list[tuple[int, str]]


def whistle(found: View, by: Actor, at: datetime, *, full: bool = False) -> Whistle | None:
    """The whistles of a case, in one statement; None where none was blown. `full`: numbers of people not masked."""
    last = rules.read(found.data)
    if last is None:
        return None
    calls = called.calls(found.row.id)
    chair = by.id == last.by or permissions.may(by, "case.assign", found.reach, at)
    out = found.row.closed is None and any(call.state == "open" for call in calls)
    shown = [_row(found, call, chair, out, at, full) for call in calls]
    return Whistle(
        shown, len(last.came), len(last.bodies), out, chair and out, _free(found, last) if chair and out else []
    )


def _row(found: View, call: Call, chair: bool, out: bool, at: datetime, full: bool) -> Row:
    waiting = call.state == "open" and out
    return Row(
        call=call,
        body=names.body(call.body),
        state=gettext(_STATES[call.state]),
        facts=answered(found.scenario.forms.get(call.element), call.outcome, full=full),
        urgency=alarms.urgency(call.at, call.due, at, found.scenario.settings.alarms) if waiting else "",
        now=waiting,
        may_act=chair,
        may_score=chair and call.scorable,
    )


def _free(found: View, last: rules.Whistle) -> list[tuple[int, str]]:
    """The bodies that could be called now."""
    busy = {*last.bodies} - {*last.refusing} | {found.row.body}
    return [
        (body.pk, names.local(body)) for body in people.tree().values() if body.ended is None and body.pk not in busy
    ]
