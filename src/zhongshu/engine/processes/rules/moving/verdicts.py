"""What becomes of a marking that is to go to another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

What = Literal["to", "wait", "withdraw", "keep", "begin", "done"]


class Place(NamedTuple):
    """Where a token goes: an element, and at a join the flow it counts as having come by."""

    at: str
    via: str | None = None


class Beside(NamedTuple):
    """Something that is new in a scope (`holder`: the token that holds it): a flow or event, and a join it leads to."""

    flow: str
    holder: int | None
    join: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: `id` is an element, flow or token's key, as `what` needs it."""

    what: What
    id: str = ""

    @property
    def code(self) -> str:
        """How the answer is sent and kept."""
        return f"{self.what}:{self.id}" if self.id else self.what


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person has to say. The best answer comes first.

    `lost`: the element `about` of the old process has no counterpart. `joined`: what went on beside each other, at the
    elements of the options, does so no more: which is kept? `added`: a join also waits for the branch that begins with
    the flow `about` of the new process.
    """

    key: str
    kind: Literal["lost", "joined", "added"]
    about: str
    options: tuple[Option, ...]

    def answered(self, answers: Mapping[str, str]) -> Option | None:
        """The option that was chosen, if one that there is."""
        return next((option for option in self.options if option.code == answers.get(self.key)), None)


@dataclass(frozen=True, slots=True)
class Moves:
    """Every token has a place; `gone` are withdrawn, `waits` count as done at joins, `begins` are begun anew."""

    places: Mapping[int, Place]
    gone: frozenset[int] = frozenset()
    waits: tuple[Beside, ...] = ()
    begins: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Asks:
    """It moves once these are answered; answers may lead to further questions."""

    questions: tuple[Question, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Cannot:
    """It stays in its version: a sentence with gaps says why."""

    sentence: str
    gaps: Mapping[str, str] = field(default_factory=dict)


Verdict = Moves | Asks | Cannot
