"""What is said about a BPMN file: where, what is wrong, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhongshu.base.http import refusals

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one element. `line` counts from 1 and is where the element's tag begins.

    `sentence` is the translation key, `gaps` fill its `{names}`; `element_id` is empty if there is no id.
    """

    element_id: str
    line: int
    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "error"

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


class Unreadable(refusals.Invalid):
    """A file that cannot become a process; `findings` are all there are, by line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.errors[0]
        super().__init__(
            "流程图有 {count} 处要改。第 {line} 行 {element}：{reason}",
            count=len(self.errors),
            line=first.line,
            element=first.element_id,
            reason=str(first),
        )

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What has to be changed before the file can be published."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is accepted, but is not executed or looks odd."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")
