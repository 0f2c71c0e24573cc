"""Whose a session is, whether it goes on, and where an account is signed in."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.models import Session
from zhongshu.registers.identity.rules import marks, steps
from zhongshu.registers.people import queries as people

MOST = 50


def digest(key: str) -> bytes:
    """What is kept of a session's key."""
    return hashlib.sha256(key.encode()).digest()


def required() -> bool:
    """Whether officials need a second factor here; whatever is not plainly `offered` is required."""
    return settings.SECOND_FACTOR != "offered"


def of_session(session: Mapping[str, Any], at: datetime) -> Actor | None:
    """Who is signed in with this session; None when it is over, or was begun with less than is asked for here.

    One statement. An ended session has no row any more, so that nothing needs to be looked up for that. A session
    without marks is one from before they were kept: it lasts as long as its row.
    """
    actor = people.of_session(session, at)
    if actor is None:
        return None
    kept, kind = marks.read(session), _kind(actor)
    lives = kept is None or kept.lives(at, _idle(kind))
    return actor if lives and steps.strong_enough(kept.method if kept else "", kind, required()) else None


def is_fresh(session: Mapping[str, Any], at: datetime) -> bool:
    """Whether who is signed in was proved within the last ten minutes."""
    kept = marks.read(session)
    return kept is not None and kept.is_fresh(at)


def sessions(account: UUID | str, at: datetime) -> QuerySet[Session]:
    """Where the account is signed in, newest first, at most 50."""
    found = Session.objects.filter(account_id=account, began__gt=at - marks.LIFE).select_related("account")
    return found.order_by("-began", "-id")[:MOST]


def session_id(key: str | None) -> UUID | None:
    """By which id the session with this key is listed, whatever keys it had before."""
    return Session.objects.filter(digest=digest(key)).values_list("id", flat=True).first() if key else None


def _kind(actor: Actor) -> str:
    """A helper is an official, also while they act as the person they help."""
    return "staff" if actor.mandate and actor.mandate.kind == "helper" else actor.kind


def _idle(kind: str) -> timedelta | None:
    return timedelta(minutes=settings.IDLE_MINUTES) if kind == "staff" and settings.IDLE_MINUTES else None
