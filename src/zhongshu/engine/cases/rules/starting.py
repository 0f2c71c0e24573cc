"""Cases that no report begins: who started one, and what that lets them do. Pure.

It stands in the case's data under `started`, where expressions read it: `by`, the account, and `body`, whose official
or program it was. A matter that an applicant starts is theirs by its contact and has no such fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions.rules import ANONYMOUS, Actor, Kind
from zhongshu.engine.cases.rules.settings import Settings, Starter, StartSettings

NAME, ORIGINS = "started", "origins"
MAX_KEY = 100
LONGEST_TITLE = 60
KINDS: Mapping[Starter, frozenset[Kind]] = {
    "official": frozenset({"staff"}),
    "applicant": frozenset({"resident", "firm", "staff"}),
    "program": frozenset({"device"}),
}
"""The accounts that may start as what; an official may apply for something of their own."""


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody starts. `key` is theirs: the same key is the same start, however often it is sent. `origins` says
    of answers that were offered where they are from.
    """

    key: str
    starter: Starter
    answers: Mapping[str, Any] = field(default_factory=dict)
    category: str = ""
    origins: Mapping[str, Any] = field(default_factory=dict)


def origins(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the case's data keep of where answers were from (`intake.rules.offers.Origin` as written), if anything."""
    return {ORIGINS: dict(found)} if found else {}


def origins_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Question → where its answer was from, of a case."""
    found = data.get(ORIGINS)
    return found if isinstance(found, Mapping) else {}


def fact(by: Actor, body: int | None) -> dict[str, Any]:
    """What the case's data keep of the official or program that started it."""
    return {NAME: {"by": by.id, "body": body}}


def starter_of(data: Mapping[str, Any]) -> str:
    """The account of the official or program that started a case; empty where none did."""
    return str(_kept(data).get("by") or "")


def body_of(data: Mapping[str, Any]) -> int | None:
    """The body for which a case was started."""
    found = _kept(data).get("body")
    return found if isinstance(found, int) else None


def _kept(data: Mapping[str, Any]) -> Mapping[str, Any]:
    found = data.get(NAME)
    return found if isinstance(found, Mapping) else {}


def door(settings: Settings, starter: Starter, by: Actor) -> StartSettings:
    """What the scenario says of starting; refused where it is not for such a starter."""
    start = settings.start
    if start is None or starter not in start.by:
        raise Forbidden("“{scenario}”不能这样发起，请核对。", scenario=settings.name)
    if by.id == ANONYMOUS.id or by.kind not in KINDS[starter] or (by.mandate and starter != "applicant"):
        raise Forbidden("您的账号不能发起“{scenario}”。", scenario=settings.name)
    return start


def key(sender: str, own: str) -> str:
    """The contact's key: the sender's own key under the sender, so that no one can meet another's."""
    found = own.strip()
    if not 8 <= len(found) <= MAX_KEY or not found.isprintable():
        raise Invalid("幂等键须为 8 至 {limit} 个可见字符，建议用随机的 UUID。", field="key", limit=MAX_KEY)
    return f"{sender}:{found}"


def title(settings: Settings, start: StartSettings, answers: Mapping[str, Any]) -> str:
    """What a case is called: as its starter says, in one line, else like its scenario."""
    said = " ".join(str(answers.get(start.title) or "").split()) if start.title else ""
    if not said:
        return settings.name
    return said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1]}…"
