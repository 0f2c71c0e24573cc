"""Sessions as who looks after them sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhongshu.channels.presenters import names
from zhongshu.registers.identity.models import Session
from zhongshu.registers.identity.rules import origins


@dataclass(frozen=True, slots=True)
class Row:
    """A session: whose, from where (the address masked)."""

    session: Session
    body: str
    address: str


def rows(found: Sequence[Session]) -> list[Row]:
    """Sessions with the bodies of those who are signed in."""
    return [Row(one, names.body(one.account.body_id), origins.masked(one.address)) for one in found]
