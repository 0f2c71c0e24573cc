"""What others plug into people: what somebody still holds, whose matter is with whom, and the registers above us."""

from collections.abc import Collection
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
