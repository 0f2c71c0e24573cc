"""Requests, terms, holds and notices as the privacy officer sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext

from zhongshu.base.approvals import queries as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http import menu
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.models import Case
from zhongshu.registers.people import queries as people
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.models import Certificate, Hold, Request
from zhongshu.registers.privacy.queries import certificates, holds, kept, notices, requests
from zhongshu.registers.privacy.queries.kept import Kept
from zhongshu.registers.privacy.rules import certificates as rules
from zhongshu.registers.privacy.rules.holdings import Owner
from zhongshu.registers.privacy.rules.notices import PURPOSES, Edition
from zhongshu.registers.privacy.rules.requests import FIELDS, KINDS

_TABS = (
    ("desk:privacy_requests", requests.HANDLE, "个人信息申请"),
    ("desk:privacy_retention", requests.HANDLE, "保存期限"),
    ("desk:privacy_holds", requests.HANDLE, "暂停销毁"),
    ("desk:privacy_notices", "privacy.notices", "告知书"),
    ("desk:privacy_certificates", requests.HANDLE, "销毁证明"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: of what kind, under which law, by whom (masked), what is to be corrected."""

    row: Request
    name: str
    law: str
    who: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of data and its clock: the term in force, how many records are due, the least a law has."""

    code: str
    name: str
    since: str
    days: int
    least: int
    due: int


@dataclass(frozen=True, slots=True)
class Held:
    """A hold, the case it is on and who placed it."""

    row: Hold
    number: str
    who: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal: about what, by whom, what it would change."""

    row: Proposal
    name: str
    who: str
    own: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate: its kinds with how many records of each."""

    row: Certificate
    kinds: list[tuple[str, int]]


def tabs(request: HttpRequest, by: Actor, at: datetime) -> list[menu.Link]:
    """The pages of the workplace that are open to the visitor."""
    return menu.links(_TABS, request.path, by, at)


def asked(found: Iterable[Request]) -> list[Asked]:
    """Requests with the names of who asked, masked."""
    rows = list(found)
    who = people.shown_names(str(one.account) for one in rows)
    return [_asked(one, who.get(str(one.account), "")) for one in rows]


def _asked(one: Request, who: str) -> Asked:
    kind = KINDS[one.kind]
    english = names.language() == "en"
    field = FIELDS.get(one.wanted.get("field", ""), ("", ""))[english]
    wanted = f"{field} → {one.wanted['value']}" if field else one.wanted.get("reason", "")
    return Asked(one, names.local(kind), kind.law_en if english else kind.law, who, wanted)


def what_goes(one: Request, at: datetime) -> list[Kept]:
    """What of somebody's would be destroyed, kind by kind, and what would stay."""
    closing = one.kind == "close"
    found = kept.of(Owner(one.account, one.person), at)
    return [kind for kind in found if kind.records and (closing or not kind.about.with_account)]


def said(kind: Kept) -> tuple[str, int, int, list[str]]:
    """A kind in words: its name, how many records go, how many stay, and why."""
    why = [gettext(stay.reason) for stay, _ in kind.stays]
    return names.local(kind.about), kind.can_go, kind.records - kind.can_go, why


def terms(at: datetime) -> list[Term]:
    """Every kind with a clock."""
    due, english = kept.due(at), names.language() == "en"
    return [
        Term(
            code, names.holding(code), about.since_en if english else about.since, days, max(1, about.least), due[code]
        )
        for code, days in kept.days().items()
        if days is not None and (about := doors.holdings[code].about)
    ]


def held() -> list[Held]:
    """The holds in force, with the numbers of their cases."""
    rows = holds.standing()
    numbers = dict(Case.objects.filter(pk__in=[one.case_id for one in rows]).values_list("pk", "number"))
    who = people.names(str(one.placed_by) for one in rows)
    return [Held(one, numbers.get(one.case_id, ""), who.get(str(one.placed_by), "")) for one in rows]


def waiting(kind: str, called: dict[str, str], by: Actor, at: datetime) -> list[Waiting]:
    """Proposals of a kind: those the visitor decides on, then their own."""
    rows = [*approvals.waiting(by, at, kind), *approvals.mine(by, kind)]
    who = people.names(str(one.proposer) for one in rows)
    return [
        Waiting(one, called.get(one.subject, one.subject), who.get(str(one.proposer), ""), str(one.proposer) == by.id)
        for one in rows
    ]


def editions(at: datetime) -> list[tuple[Edition, str]]:
    """Every notice as it is in force, and what it is about."""
    return [(notices.current(code, at), names.local(purpose)) for code, purpose in PURPOSES.items()]


def proofs() -> list[Proof]:
    """The last certificates."""
    return [_proof(one) for one in certificates.newest()]


def _proof(one: Certificate) -> Proof:
    counts = rules.read(one.said).counts
    return Proof(one, [(names.holding(code), counted.get("records", 0)) for code, counted in counts.items()])
