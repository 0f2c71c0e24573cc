"""Sessions that end: here, or at the source they began at. Permits of the systems they reached end with them."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.identity.actions import permits, sessions
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import LogoutSeen, Pass, Permit, PhoneCode, Source, Visit
from zhongshu.registers.identity.queries import discovery
from zhongshu.registers.identity.rules import marks, telephones, tokens

_OVER = """
SELECT p.session FROM identity_permit p LEFT JOIN identity_session s ON s.id = p.session
WHERE p.ended IS NULL AND (s.id IS NULL OR s.began < %s) LIMIT 500
"""


def heard(source: Source, token: str, at: datetime) -> int:
    """A source says that somebody signed out there: end their sessions here; returns how many.

    OpenID Connect Back-Channel Logout 1.0, 2.6: the token is checked as strictly as an ID token, and heard once.
    """
    expected = tokens.Expected(source.issuer, source.client)
    said = tokens.logout_token(token, discovery.keys(source.issuer, tokens.key_id(token)), expected, at)
    with transaction.atomic():
        _once(source, said["jti"], at)
        visits = Visit.objects.select_for_update().filter(source=source)
        if said.get("sub"):
            visits = visits.filter(subject=str(said["sub"]))
        if said.get("sid"):
            visits = visits.filter(sid=str(said["sid"]))
        ended = list(visits)
        for visit in ended:
            sessions.end_session(visit.account, visit.session, by=SYSTEM, at=at)
            tell(visit.account, "ended_by_source", by=SYSTEM, at=at, source=source.pk)
        left([visit.session for visit in ended], at)
    return len(ended)


@transaction.atomic
def left(ended: Collection[UUID], at: datetime) -> Source | None:
    """Somebody signed out here: end what these sessions began; the source they came from, if it was one."""
    permits.end(Permit.objects.filter(session__in=ended, ended=None), at)
    visit = Visit.objects.filter(session__in=ended).select_related("source").first()
    Visit.objects.filter(session__in=ended).delete()
    return visit.source if visit else None


def look_after(at: datetime) -> int:
    """End the permits of sessions that are over, however they ended; returns how many sessions that were."""
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [at - marks.LIFE])
        over = sorted({session for (session,) in cursor.fetchall()})
    if over:
        left(over, at)
    return len(over)


def forget(at: datetime) -> int:
    """Drop what can serve nobody any more: spent codes, tokens and notices; returns how many rows that were."""
    hour = at - timedelta(hours=1)
    gone = (
        Pass.objects.filter(expires__lt=hour),
        PhoneCode.objects.filter(sent__lt=at - telephones.LIVES),
        LogoutSeen.objects.filter(heard__lt=hour),
        Visit.objects.filter(began__lt=at - timedelta(days=2)),
    )
    return sum(rows.delete()[0] for rows in gone)


def _once(source: Source, jti: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            LogoutSeen.objects.create(source=source, jti=hashlib.sha256(jti.encode()).digest(), heard=at)
    except IntegrityError:
        raise Conflict("这个退出通知已经收到过。") from None
