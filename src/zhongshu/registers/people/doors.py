"""What others plug into people: what somebody, or a body, still holds, whose matter it is, the registers above us."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.rules.persons import Answer


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


class Tie(Protocol):
    """Whether an official works on a matter that one of these accounts told of."""

    def __call__(self, accounts: Collection[UUID], *, by: Actor, at: datetime) -> bool: ...


ties: list[Tie] = []
"""Asked before an official is shown a person's record whom they do not have in front of them."""


class Register(Protocol):
    """The population register of the province. Answers within seconds, or UNREACHABLE; raises nothing."""

    def check(self, name: str, kind: str, number: str) -> Answer: ...


class FirmRegister(Protocol):
    """The register of firms: whether the code, the name and the legal representative's name belong together."""

    def check(self, uscc: str, name: str, representative: str) -> Answer: ...


@dataclass(slots=True)
class Registers:
    """The registers that are plugged in; without one, what people say stays unverified until a clerk sees it."""

    population: Register | None = None
    firms: FirmRegister | None = None


registers = Registers()
