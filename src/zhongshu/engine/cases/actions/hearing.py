"""What cases hear: messages to one of them, and signals to all that wait."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, TooLarge
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.actions import onward, rows
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import awaiting
from zhongshu.engine.cases.queries.sent import before, once
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.sent import DIRECT, Sent
from zhongshu.engine.processes.rules.happenings import MessageCame, SignalCame

MESSAGE = "case.message"
MOST_BYTES = 20_000
LONGEST = 200
MOST_HOPS = 10
"""How many cases a signal may go through that each answer it with one; more is two cases calling each other."""


@verb
def deliver(
    case_id: UUID, message: str, facts: Mapping[str, Any], *, sent: Sent = DIRECT, by: Actor, at: datetime
) -> None:
    """Bring a message to a case that waits for it; its facts stand in the case's data under the message's name."""
    held = locked(case_id, by, at)
    once(case_id, sent.key, by)
    if not permissions.may(by, MESSAGE, held.reach, at):
        raise Forbidden("您没有向办件发送消息的权限。")
    if held.closed:
        raise Conflict("这个办件已经办结。")
    if len(rows.plain(facts).encode()) > MOST_BYTES:
        raise TooLarge("消息的内容过大：最多 20 kB，文件请先上传再写编号。")
    moment = sending.moment(sent, held.opened, at)
    said = sending.said(sent, moment, at)
    found = {**facts, "by": by.id, "at": moment.isoformat()}
    rows.under_lock(held)
    onward.go(held, MessageCame(message), "case.message_came", by, at, facts={message: found}, message=message, **said)


def broadcast(signal: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Give a signal to the cases that wait for it, as far as `by` may tell them; they hear it soon after."""
    if not 1 <= len(signal.strip()) <= LONGEST:
        raise Invalid("请写明信号的名称（1 至 200 字）。", field="signal")
    if not permissions.holds_anywhere(by, MESSAGE, at):
        raise Forbidden("您没有向办件发送消息的权限。")
    journal.record(
        subject=("signal", signal.strip()), verb="cases.broadcast", by=by, at=at,
        body={"sent": [{"signal": signal.strip()}], "reason": reason},
    )  # fmt: skip


@verb
def hear(case_id: UUID, signal: str, *, key: str, hops: int, by: Actor, at: datetime) -> bool:
    """Let a case hear a signal, once for each `key`; False when it does not wait for it, or is not `by`'s to tell."""
    held = rows.read_locked(case_id)
    if held.closed or before(case_id, key, SYSTEM) or not awaiting.listens(held, signal):
        return False
    if by.id != SYSTEM.id and not permissions.may(by, MESSAGE, held.reach, at):
        return False
    onward.go(
        held, SignalCame(signal), "case.signal_came", SYSTEM, at, signal=signal, key=key, hops=hops, told_by=by.id
    )
    return True
