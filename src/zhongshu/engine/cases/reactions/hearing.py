"""Cases hear the signals that other cases, or people, give."""

import logging
from collections.abc import Iterator
from uuid import UUID

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases import actions
from zhongshu.engine.cases.actions.hearing import MOST_HOPS
from zhongshu.engine.cases.queries import awaiting
from zhongshu.registers.people import queries as people

HEARD = frozenset(
    {"cases.broadcast", "case.opened", "case.task_completed", "case.timer_fired", "case.message_came",
     "case.signal_came", "case.returned", "case.reopened"}
)  # fmt: skip
FIRST = UUID(int=0)

log = logging.getLogger(__name__)


def hear(entry: Read) -> None:
    """Let all cases that wait for what this entry's step signalled hear it, each in its own transaction, once."""
    signals = [each["signal"] for each in entry.facts.get("sent", ()) if "signal" in each]
    hops = int(entry.facts.get("hops", 0)) + 1
    if not signals or hops > MOST_HOPS:
        return
    if (by := _teller(entry)) is None:
        return
    for signal in signals:
        for case_id in _all_waiting(signal):
            _hear(case_id, signal, entry, hops, by)


def _teller(entry: Read) -> Actor | None:
    """By whose right it is heard: what a case gives goes to all, what a person gives to the cases they may tell."""
    if entry.verb != "cases.broadcast":
        return SYSTEM
    return people.actor(entry.actor, entry.at)


def _all_waiting(signal: str) -> Iterator[UUID]:
    after = FIRST
    while found := awaiting.waiting(signal, after):
        yield from found
        after = found[-1]


def _hear(case_id: UUID, signal: str, entry: Read, hops: int, by: Actor) -> None:
    """One case that cannot go on must not keep the others from hearing."""
    if str(case_id) == entry.subject:
        return
    try:
        actions.hear(case_id, signal, key=f"signal:{entry.id}", hops=hops, by=by, at=entry.at)
    except Refusal:
        log.exception("case %s could not hear signal %s", case_id, signal)
