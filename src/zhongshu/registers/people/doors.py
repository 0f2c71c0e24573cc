"""What others plug into accounts: what somebody still holds when their account is to be closed."""

from typing import Protocol
from uuid import UUID


class Burden(Protocol):
    """How many pieces of work an account has in hand."""

    def __call__(self, account: UUID) -> int: ...


burdens: list[Burden] = []
"""Asked before an account is closed."""
