"""Which letters a case has, and which can be made of it."""

from dataclasses import dataclass
from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules.letters import LetterSettings
from zhongshu.engine.letters.models import Letter

PREFIX = "letter-"
"""How the name begins under which a letter is attached: no question's name has a hyphen."""


@dataclass(frozen=True, slots=True)
class Makeable:
    """A letter of the case's scenario, and how often it was made."""

    name: str
    settings: LetterSettings
    times: int


def of_case(case_id: UUID) -> list[Letter]:
    """The letters of a case, oldest first."""
    return list(Letter.objects.filter(case_id=case_id).order_by("made", "document"))


def for_applicant(case_id: UUID) -> set[UUID]:
    """The documents of those letters of a case that its applicant reads."""
    return set(Letter.objects.filter(case_id=case_id, to_applicant=True).values_list("document", flat=True))


def makeable(found: View, by: Actor) -> list[Makeable]:
    """The letters somebody may make of a case by hand: all of its scenario, for who has one of its open tasks."""
    letters = found.scenario.settings.letters
    if not letters or not any(task.is_with(by.id) for task in found.open_tasks):
        return []
    made = [letter.name for letter in of_case(found.row.id)]
    return [Makeable(name, letter, made.count(name)) for name, letter in letters.items()]


def templates(code: str, version: int) -> dict[str, str]:
    """The files of a version of a scenario."""
    return Stored.objects.values_list("files", flat=True).get(code=code, version=version)
