"""Sessions begin, are seen, are proved anew, and end."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Session
from zhongshu.registers.identity.rules import marks
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account

# Without its row a session is nobody's at its next request. An index over the digest of the key finds the rows.
_END = """
WITH gone AS (
    DELETE FROM identity_session
    WHERE account_id = %(account)s AND digest <> %(but)s AND (%(only)s::uuid IS NULL OR id = %(only)s::uuid)
    RETURNING digest
), dropped AS (
    DELETE FROM django_session WHERE sha256(decode(session_key, 'escape')) IN (SELECT digest FROM gone)
)
SELECT count(*) FROM gone
"""


@transaction.atomic
def begin(session: SessionBase, account: Account, *, method: str, origin: Origin, by: Actor, at: datetime) -> None:
    """Make the session one of the account, which Django has just been told, under a key nobody knew before."""
    session.cycle_key()
    session[marks.KEY] = marks.begun(method, at).kept()
    Session.objects.create(
        digest=queries.digest(session.session_key or ""), account=account, began=at, seen=at, method=method,
        address=origin.address, agent=origin.agent,
    )  # fmt: skip
    people.note_sign_in(account, True, facts={"method": method} | origin.facts, by=by, at=at)


def seen(session: SessionBase, at: datetime) -> None:
    """Note that the session is used, at most once in five minutes."""
    kept = marks.read(session)
    if kept is None or not kept.due(at):
        return
    session[marks.KEY] = marks.seen(kept, at).kept()
    Session.objects.filter(digest=queries.digest(session.session_key or "")).update(seen=at)


@transaction.atomic
def prove(session: SessionBase, *, method: str, origin: Origin, by: Actor, at: datetime) -> None:
    """Note that the visitor has proved again who they are; the session gets a new key."""
    kept = marks.read(session) or marks.begun("", at)
    session[marks.KEY] = marks.proved(kept, at).kept()
    cycle(session, at=at)
    tell(by.id, "proved", method=method, origin=origin, by=by, at=at)


def cycle(session: SessionBase, *, at: datetime) -> None:
    """Give a session another key; the list knows it still."""
    before = queries.digest(session.session_key or "")
    session.cycle_key()
    Session.objects.filter(digest=before).update(digest=queries.digest(session.session_key or ""), seen=at)


@transaction.atomic
def leave(session: SessionBase, *, origin: Origin, by: Actor, at: datetime) -> None:
    """Note that somebody signs out with this session."""
    drop(session)
    tell(by.id, "signed_out", origin=origin, by=by, at=at)


@transaction.atomic
def end_session(account: UUID | str, session: UUID, *, origin: Origin | None = None, by: Actor, at: datetime) -> bool:
    """End one session of the account; False when it has no such session."""
    ended = _end(account, only=session)
    if ended:
        tell(account, "session_ended", origin=origin, by=by, at=at)
    return bool(ended)


@transaction.atomic
def end_sessions(
    account: UUID | str, *, but: str | None = None, origin: Origin | None = None, by: Actor, at: datetime
) -> int:
    """End all sessions of an account, except the one with the key `but`; says how many."""
    ended = _end(account, but=but)
    if ended:
        tell(account, "sessions_ended", sessions=ended, origin=origin, by=by, at=at)
    return ended


def forget(at: datetime) -> int:
    """Drop the rows of sessions that are over; says how many."""
    return Session.objects.filter(began__lte=at - marks.LIFE).delete()[0]


def drop(session: SessionBase) -> None:
    """Drop the row of a session that becomes another's."""
    if session.session_key:
        Session.objects.filter(digest=queries.digest(session.session_key)).delete()


def _end(account: UUID | str, *, but: str | None = None, only: UUID | None = None) -> int:
    kept = queries.digest(but) if but else b""
    with connection.cursor() as cursor:
        cursor.execute(_END, {"account": str(account), "but": kept, "only": only})
        return int(cursor.fetchone()[0])
