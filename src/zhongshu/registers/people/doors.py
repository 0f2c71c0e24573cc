"""What others plug into accounts and bodies: what somebody, or a body, still holds when it is to be closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Burden(Protocol):
    """How many pieces of work an account has in hand."""

    def __call__(self, account: UUID) -> int: ...


burdens: list[Burden] = []
"""Asked before an account is closed."""


@dataclass(frozen=True, slots=True)
class BodyWork:
    """Something that hangs on a body: how many (a count that stops at some thousands), and what is to be done about
    it, in a sentence with the gap {n}.
    """

    sentence: str
    count: Callable[[int], int]


body_work: list[BodyWork] = []
"""Asked before a body is moved, to tell what moves along, and before it is ended, which it keeps from happening."""
