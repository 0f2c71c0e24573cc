"""Signatures at the desk: who was asked what, what they think, and whom one may still ask."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.answers import Fact, answered
from zhongshu.engine.cases.queries import signing as asked
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.queries.signing import Signature
from zhongshu.engine.cases.rules import alarms, signing
from zhongshu.registers.people import queries as people

_STATES = {"open": "待签署", "signed": "已签署", "off": "已撤回", "ended": "随环节撤回"}
_ROLES = ("leader", "supervisor", "handler", "verifier", "acceptor", "dispatcher")
EACH = 50
"""People of one role who are named to be asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A signature in words; `waits`: it disagrees and has no answer yet."""

    signature: Signature
    who: str
    state: str
    facts: list[Fact]
    urgency: str
    waits: bool

    @property
    def off_form(self) -> str:
        """What tells the forms about this signature from those of others on the page."""
        return f"sign-off-{self.signature.token}"

    @property
    def reply_form(self) -> str:
        return f"sign-reply-{self.signature.token}"


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatures to a task, and whether the visitor may ask for more, of whom; of a signature, what it is `of`."""

    rows: list[Row]
    may: bool
    people: list[tuple[str, str]]
    bodies: list[tuple[str, str]]
    of: Signature | None


def signings(found: View, by: Actor, at: datetime) -> dict[int, Signing]:
    """Those of the open tasks, by token."""
    all_ = asked.signatures(found.row.id)
    called = people.names(str(who) for s in all_ if (who := s.closed_by or s.assignee or s.account)) if all_ else {}
    shift = permissions.may(by, "case.assign", found.reach, at)
    theirs = {
        task.token for task in found.open_tasks if task.signs is None and (shift or str(task.assignee) == by.id)
    }  # fmt: skip
    those = (_people(found, at), _bodies()) if theirs else ([], [])
    return {
        task.token: Signing(
            [_row(found, one, called, at) for one in all_ if one.task == task.token], task.token in theirs, *those,
            of=next((one for one in all_ if one.token == task.token), None),
        )
        for task in found.open_tasks
    }  # fmt: skip


def _row(found: View, one: Signature, called: dict[str, str], at: datetime) -> Row:
    who = called.get(str(one.closed_by or one.assignee or one.account), "")
    asked_of = " · ".join(filter(None, (names.body(one.body), who)))
    return Row(
        one, asked_of, gettext(_STATES[one.state]), answered(signing.FORM, one.outcome),
        alarms.urgency(one.asked, one.due, at) if one.state == "open" else "",
        one.token in signing.dissents(found.data),
    )  # fmt: skip


def _people(found: View, at: datetime) -> list[tuple[str, str]]:
    """Who works over this case, those who lead and run the shift first."""
    rows = [account for role in _ROLES for account in people.holders(role, found.reach, at).order_by("name")[:EACH]]
    return [
        (f"account:{pk}", " · ".join(filter(None, (account.name, names.body(account.body_id)))))
        for pk, account in {account.pk: account for account in rows}.items()
    ]


def _bodies() -> list[tuple[str, str]]:
    return [(f"body:{body.pk}", names.local(body)) for body in people.tree().values() if body.ended is None]
