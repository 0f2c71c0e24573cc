"""Ways out to another provider that have been begun in a browser and not yet come back. Pure.

They are kept in the browser's own session, by their `state`: each serves once, for ten minutes, several tabs at a time.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.http.refusals import Unauthenticated

LIVES = timedelta(minutes=10)
TABS = 8
"""As many tabs may be on their way at once; the oldest is forgotten first."""

Kept = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out: to which source, what must come back with it, and where to go then.

    `account` is set when a signed-in account is to be linked; nobody else may finish the attempt then.
    """

    source: str
    nonce: str
    verifier: str
    begun: float
    onward: str = "/"
    account: str = ""


def begun(kept: Mapping[str, Any], state: str, attempt: Attempt) -> Kept:
    """What the session holds with one attempt more."""
    alive = {key: one for key, one in kept.items() if attempt.begun - one["begun"] < LIVES.total_seconds()}
    newest = sorted(alive.items(), key=lambda pair: pair[1]["begun"])[-(TABS - 1) :]
    return dict(newest) | {state: asdict(attempt)}


def taken(kept: Mapping[str, Any], state: str, source: str, account: str, at: datetime) -> tuple[Attempt, Kept]:
    """The attempt that this answer belongs to, and what the session holds without it.

    Refused: a state this browser never sent or has used, one older than ten minutes, one sent to another source (a
    mix-up, RFC 9207), or an answer that another account than the one that began it would be linked by.
    """
    found = kept.get(state)
    rest = {key: one for key, one in kept.items() if key != state}
    if found is None:
        raise Unauthenticated("这次登录不是从本浏览器发起的，或已用过。请回到登录页重新登录。")
    attempt = Attempt(**found)
    if at.timestamp() - attempt.begun >= LIVES.total_seconds():
        raise Unauthenticated("这次登录超过了十分钟，已失效。请回到登录页重新登录。")
    if attempt.source != source or attempt.account != account:
        raise Unauthenticated("返回的登录结果与发起的不一致，已拒绝。请回到登录页重新登录。")
    return attempt, rest
