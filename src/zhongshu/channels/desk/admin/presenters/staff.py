"""Officials as an administrator sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import handovers
from zhongshu.registers.identity import queries as identity
from zhongshu.registers.people import queries as people
from zhongshu.registers.people import rules
from zhongshu.registers.people.models import Account, Body, Grant


@dataclass(frozen=True, slots=True)
class Row:
    """An account in a list."""

    account: Account
    body: str
    phone: str


@dataclass(frozen=True, slots=True)
class Held:
    """A grant in words; `tied` when it goes with the body somebody is to leave."""

    grant: Grant
    role: str
    over: str
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An account with what hangs on it."""

    account: Account
    body: str
    phone: str
    grants: Sequence[Held]
    keys: int
    sessions: int
    seen: datetime | None
    work: int


def rows(found: Sequence[Account]) -> list[Row]:
    """Accounts with their bodies, phone numbers masked."""
    return [Row(one, names.body(one.body_id), rules.masked_phone(one.phone)) for one in found]


def held(account: Account, home: Body | None, at: datetime) -> list[Held]:
    """What an account holds; with `home`, which of it goes with the body it is to leave."""
    tied = {grant.pk for grant in people.tied_grants(account, home, at)} if home else set()
    return [
        Held(grant, names.role(grant.role), _over(grant, at), grant.pk in tied)
        for grant in people.grants_of(account, at)
    ]


def _over(grant: Grant, at: datetime) -> str:
    where = [names.body(grant.body_id), names.place(grant.place, at) if grant.place else ""]
    return " · ".join(filter(None, where)) or gettext("不限单位和地点")


def shown(account: Account, home: Body | None, at: datetime) -> Shown:
    """One account: what it holds, where it is signed in, what it has in hand."""
    sessions = list(identity.sessions(account.pk, at))
    return Shown(
        account, names.body(account.body_id), account.phone, held(account, home, at),
        account.keys.filter(revoked=None).count(), len(sessions), max((one.seen for one in sessions), default=None),
        handovers.held(account.pk),
    )  # fmt: skip
