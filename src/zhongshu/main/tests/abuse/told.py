"""A resident's report, and whatever could be guessed of it."""

from dataclasses import dataclass
from typing import Any

from zhongshu.base.journal.models import Entry
from zhongshu.engine.cases.models import Case, Task

SECRET = "三单元的王女士说门口堆了东西"
PHONE = "13911112222"


@dataclass(frozen=True, slots=True)
class Told:
    """A report, and what fills the gaps of addresses about it."""

    case: Case
    values: dict[str, Any]

    def is_in(self, answer: Any) -> bool:
        """Whether anything of it stands in an answer; its number is nothing new to one who asked by it."""
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = {SECRET, PHONE} | {self.case.number} - set(answer.request["PATH_INFO"].split("/"))
        return any(text.encode() in said for text in told)

    def state(self) -> tuple[Any, ...]:
        """What nobody else may change."""
        case = Case.objects.values_list("phase", "closed", "body", "data").get(pk=self.case.pk)
        entries = Entry.objects.filter(kind="case", subject=str(self.case.pk)).count()
        return (
            *case,
            entries,
            Task.objects.filter(case_id=self.case.pk, closed=None).values_list("token", "assignee")[0],
        )
