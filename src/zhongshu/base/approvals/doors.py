"""What a package with changes that two people answer for plugs in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from zhongshu.base.permissions.rules import Actor


class Apply(Protocol):
    """Makes the change of an approved proposal, inside the transaction of the decision.

    `subject` is the id of what it is about, `body` what was proposed. A refusal undoes the decision too.
    """

    def __call__(self, subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: what it is called, the permission that deciding on it needs, and how it is made."""

    name: str
    name_en: str
    permission: str
    apply: Apply


SamePerson = Callable[[str, str], bool]
"""Whether two accounts are of one person: nobody approves through a second account what they asked for."""


@dataclass(slots=True)
class Doors:
    """What the platform answers for this package; two accounts are two persons until somebody knows better."""

    same_person: SamePerson = str.__eq__


doors = Doors()
kinds: dict[str, Kind] = {}
"""Code of the kind (`case.suspend`) → what it is."""
