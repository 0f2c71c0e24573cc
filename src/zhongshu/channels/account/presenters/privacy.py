"""What is kept of the visitor, what they asked and agreed to, as their page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.registers.privacy.models import Consent, Request
from zhongshu.registers.privacy.queries import kept, notices, requests
from zhongshu.registers.privacy.queries.kept import Kept
from zhongshu.registers.privacy.rules.notices import PURPOSES, REGISTRATION, SENSITIVE, Edition
from zhongshu.registers.privacy.rules.requests import DESTROYING, FIELDS, KINDS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data: what it is called, why and for how long it is kept, how much there is and could go."""

    name: str
    basis: str
    term: str
    records: int
    can_go: int
    stays: list[tuple[str, datetime | None, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as shown: what it is, where it stands and in which tone, its copy while that is kept.

    `certificate`: there is one; `proof`: there will be.
    """

    row: Request
    name: str
    state: str
    tone: str
    copy: bool
    certificate: bool
    proof: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent: to what, and in which version."""

    row: Consent
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A notice in the visitor's language, by paragraphs, and whether it is agreed to."""

    code: str
    name: str
    version: int
    paragraphs: list[str]
    consent: bool


def kinds(by: Actor, at: datetime) -> list[Kind]:
    """What is kept of the visitor, the kinds without a record left out."""
    return [_kind(one) for one in kept.of(requests.owner(by), at) if one.records]


def _kind(one: Kept) -> Kind:
    english = language() == "en"
    since = one.about.since_en if english else one.about.since
    if one.days is None:
        term = gettext("保存到{since}为止").format(since=since)
    else:
        term = gettext("{since}后保存 {days} 天").format(since=since, days=one.days)
    stays = [(gettext(stay.reason), stay.until, n) for stay, n in one.stays]
    basis = one.about.basis_en if english else one.about.basis
    return Kind(names.local(one.about), basis, term, one.records, one.can_go, stays)


def asked(by: Actor, at: datetime) -> list[Asked]:
    """The visitor's requests, newest first."""
    return [_asked(one, at) for one in requests.mine(by)]


def _asked(one: Request, at: datetime) -> Asked:
    parcel = getattr(one, "parcel", None)
    copy = parcel is not None and parcel.gone is None and parcel.until > at
    state, tone = _state(one, copy)
    destroys, running = one.kind in DESTROYING, one.outcome in ("", "approved") and one.done is None
    return Asked(
        one, names.local(KINDS[one.kind]), state, tone, copy, destroys and one.done is not None, destroys and running
    )


def _state(one: Request, copy: bool) -> tuple[str, str]:
    if one.outcome in ("refused", "withdrawn"):
        return gettext(Request.Outcome(one.outcome).label), "late" if one.outcome == "refused" else "waiting"
    if one.decided is None:
        return gettext("等待办理"), "waiting"
    if one.done is None:
        return gettext("正在处理"), "busy"
    if one.kind == "export":
        return (gettext("可以下载"), "done") if copy else (gettext("已过期"), "waiting")
    return gettext("已完成"), "done"


def agreed(by: Actor) -> list[Agreed]:
    """What the visitor agreed to, newest first."""
    return [Agreed(one, names.local(PURPOSES[one.notice])) for one in notices.consents(by) if one.notice in PURPOSES]


def text(edition: Edition) -> Text:
    """A notice in the visitor's language."""
    words = edition.text_en if language() == "en" else edition.text
    purpose = PURPOSES[edition.code]
    return Text(edition.code, names.local(purpose), edition.version, words.splitlines(), purpose.consent)


def registration(at: datetime) -> Text:
    """The notice to whoever registers."""
    return text(notices.current(REGISTRATION, at))


def sensitive(at: datetime) -> Text:
    """The notice to whoever gives an identity number: a consent of its own (PIPL art. 29)."""
    return text(notices.current(SENSITIVE, at))


def fields() -> Iterable[tuple[str, str]]:
    """What can be corrected on request."""
    english = language() == "en"
    return [(code, said[1] if english else said[0]) for code, said in FIELDS.items()]
