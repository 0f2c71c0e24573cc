"""What was tried at a door, for whoever looks at it: entries of their own, apart from what was changed.

Somebody who tries a door a thousand times a minute must not write a thousand entries: the same attempt by the same
visitor is kept once a minute a process, and no more than a thousand different ones.
"""

import threading
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhongshu.base.journal import actions
from zhongshu.base.journal.rules.entries import canonical
from zhongshu.base.permissions.rules import ANONYMOUS, Actor

_A_MINUTE = 60
_MOST_A_MINUTE = 1_000
_lock = threading.Lock()
_kept: tuple[int, set[tuple[str, str, str]]] = (0, set())


def record(verb: str, *, by: Actor, at: datetime, body: Mapping[str, Any], reach: Collection[int] = ()) -> bool:
    """Write what was tried, under the visitor's account, or of one unknown under the day. False if it is known already.

    `verb` reads `security.past_participle`; `body` holds no personal data and no secret.
    """
    subject = by.id if by.id != ANONYMOUS.id else f"{at:%Y-%m-%d}"
    if not _is_new((subject, verb, canonical(body)), int(at.timestamp()) // _A_MINUTE):
        return False
    with transaction.atomic():
        actions.record(subject=("security", subject), verb=verb, by=by, at=at, body=body, reach=reach)
    return True


def forget() -> None:
    """Forget which attempts are kept already."""
    global _kept
    with _lock:
        _kept = (0, set())


def _is_new(attempt: tuple[str, str, str], minute: int) -> bool:
    global _kept
    with _lock:
        if _kept[0] != minute:
            _kept = (minute, set())
        known = _kept[1]
        if attempt in known or len(known) >= _MOST_A_MINUTE:
            return False
        known.add(attempt)
        return True
