"""The same done to many tasks at once: which tasks can be, and what came of each. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.cases.rules.scenario import Scenario

Verb = Literal["claim", "release", "assign", "complete"]
VERBS: tuple[Verb, ...] = get_args(Verb)
MOST = 100
"""Rows of one asking."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A task somebody ticked: `revision` is that of its case on the page they ticked it on."""

    case_id: UUID
    token: int
    revision: int

    def __str__(self) -> str:
        return f"{self.case_id}~{self.token}~{self.revision}"

    @classmethod
    def parse(cls, text: str) -> "Picked":
        """A row as a page sends it; Invalid when it is none."""
        try:
            case_id, token, revision = text.split("~")
            return cls(UUID(case_id), int(token), int(revision))
        except ValueError:
            raise Invalid("选中的办件有误，请回到列表重新选择。") from None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one row: done, or why it was not."""

    picked: Picked
    refusal: Refusal | None = None

    @property
    def done(self) -> bool:
        return self.refusal is None


def within(rows: Collection[Picked]) -> list[Picked]:
    """The rows, each task once; refused when there are none or too many."""
    found = list({(row.case_id, row.token): row for row in rows}.values())
    if not found:
        raise Invalid("请先选择要办理的办件。")
    if len(found) > MOST:
        raise Invalid("一次最多办理 {most} 件，请分批选择。", most=MOST)
    return found


def fresh(picked: Picked, revision: int) -> bool:
    """Whether nothing has happened to the case since it was ticked."""
    return picked.revision == revision


def outcome_shared(scenario: Scenario, element: str) -> None:
    """Refuse where one outcome cannot hold for many cases: each is done on its own spot, or with photos of its own."""
    form = scenario.forms.get(element)
    photos = form is not None and any(field.kind in KINDS and field.required for field in form.fields)
    if photos or scenario.settings.tasks[element].position == "required":
        raise Invalid("这个环节须逐件办理：要在现场或附照片。")


def alike(kinds: Collection[tuple[str, int, str]]) -> None:
    """Refuse to finish tasks of different kinds (scenario, version, element) with one outcome."""
    if len(set(kinds)) > 1:
        raise Conflict("只有同一场景、同一环节的办件可以用同样的结果批量办结，请分开选择。")
