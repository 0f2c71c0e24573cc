"""What others plug into intake: whose tasks are, where answers are known already, the forms themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.rules.offers import Offered
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

Task = tuple[UUID, int]
"""A task: its case and its token."""


class InHand(Protocol):
    """Which of these tasks are open and nobody else's."""

    def __call__(self, tasks: Collection[Task], by: Actor) -> set[Task]: ...


class LetGo(Protocol):
    """Destroys documents that only a draft has kept: sent by its account (None: by nobody signed in), used nowhere."""

    def __call__(self, documents: Collection[UUID], account: UUID | None, *, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a form is filled in for: a `person` or a `firm`; `own` when who fills it in is them or signs in as them."""

    kind: str
    id: UUID
    own: bool


class Source(Protocol):
    """Where answers are known already; `names` are those it goes by, each with what it is called."""

    names: Mapping[str, str]

    def offers(self, name: str, by: Actor, party: Party, at: datetime) -> Offered | None:
        """What it knows of a party under a name (`phone` of `person.phone`); None for what `by` may not be shown too.

        Raises nothing; what it shows of a person it writes down, where the law asks that.
        """


class FormOf(Protocol):
    """The form of a version of a scenario: its own (`element` is empty) or a task's; None where there is none."""

    def __call__(self, scenario: str, version: int, element: str, /) -> Questionnaire | None: ...


class Doors:
    """Filled in `main/wiring.py`."""

    in_hand: InHand
    let_go: LetGo
    form_of: FormOf


doors = Doors()
sources: dict[str, Source] = {}
"""The first part of a field's source (`person` of `person.phone`) → who knows it. Filled in `main/wiring.py`."""
