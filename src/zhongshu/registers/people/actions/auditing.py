"""Reading the audit trail: who looks at what others did is seen too."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.journal.queries import audit
from zhongshu.base.journal.queries.audit import Search
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope

READ = "audit.read"
MOST_EXPORTED = 50_000


def scope(by: Actor, at: datetime) -> Scope:
    """Which entries somebody may read; Forbidden when none."""
    found = permissions.scope(by, READ, at)
    if not found.pairs:
        raise Forbidden("您的岗位没有这个页面的权限。如有需要，请联系系统管理员。")
    return found


@transaction.atomic
def search(wanted: Search, *, by: Actor, at: datetime) -> list[Read]:
    """A page of entries, newest first. A search is recorded once: its later pages are the same search."""
    _within(wanted, by, at)
    if wanted.after is None:
        _record("audit.searched", wanted, by, at)
    return audit.found(wanted, audit.PAGE + 1)


@transaction.atomic
def export(wanted: Search, *, by: Actor, at: datetime) -> Iterator[Read]:
    """All entries of a search, at most 50,000, newest first; that they were taken out is recorded."""
    _within(wanted, by, at)
    _record("audit.exported", wanted, by, at)
    return audit.all_found(wanted, MOST_EXPORTED)


def _within(wanted: Search, by: Actor, at: datetime) -> None:
    assert wanted.scope == scope(by, at), "a search is made in the scope of who makes it"


def _record(verb: str, wanted: Search, by: Actor, at: datetime) -> None:
    said: dict[str, Any] = {
        "actor": wanted.actor, "about": wanted.subject and "/".join(wanted.subject), "verb": wanted.verb,
        "since": wanted.since, "until": wanted.until,
    }  # fmt: skip
    body = {name: value for name, value in said.items() if value}
    journal.record(subject=("account", by.id), verb=verb, by=by, at=at, body=body)
