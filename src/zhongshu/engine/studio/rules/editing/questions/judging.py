"""Whether a questionnaire that could be read can still be after an edit; and where in it something is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import questionnaire

Document = Mapping[str, Any]

_QUESTION = re.compile(r"/properties/([^/]+)(?:/items/properties/([^/]+))?(?:/(.*))?")
_STEP = re.compile(r"/x-ui/steps/(\d+)(?:/groups/(\d+))?(?:/(\w+))?")
_PARTS = {
    "visible": "visible",
    "required": "mandatory",
    "computed": "computed",
    "help": "help",
    "help_en": "help_en",
    "title_en": "title_en",
    "unit": "unit",
    "source": "source",
    "title": "title",
    "enum": "options",
    "x-labels": "options",
}
"""The last word of a place → the part of a question's panel."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the path of a question, or the name of a step or group; and which part of it."""

    question: str = ""
    section: str = ""
    part: str = ""


def place(document: Document, pointer: str) -> Place:
    """What a JSON pointer means to the author; empty where it is the questionnaire as a whole."""
    if found := _QUESTION.fullmatch(pointer):
        outer, inner, rest = found.groups()
        last = (rest or "").rpartition("/")[2]
        part = "least" if last.startswith("min") else "most" if last.startswith("max") else _PARTS.get(last, "")
        return Place(f"{outer}.{inner}" if inner else outer, part=part)
    if found := _STEP.fullmatch(pointer):
        step, group, last = found.groups()
        return Place(section=_section(document, int(step), group), part=_PARTS.get(last or "", ""))
    return Place()


def _section(document: Document, step: int, group: str | None) -> str:
    steps = document.get("x-ui", {}).get("steps", [])
    if step >= len(steps):
        return ""
    groups = steps[step]["groups"]
    found = steps[step] if group is None or int(group) >= len(groups) else groups[int(group)]
    return str(found["name"])


def fault(document: Document) -> Invalid | None:
    """Why the questionnaire cannot be asked; None if it can."""
    try:
        questionnaire.read(document)
    except Invalid as problem:
        return problem
    return None


def judge(before: Document, after: Document) -> None:
    """Refuse an edit after which a questionnaire that could be asked no longer can be."""
    if (found := fault(after)) and fault(before) is None:
        raise found


def readable(text: str, part: str) -> None:
    """Refuse a rule that is no FEEL, under the name of its part."""
    if not text.strip():
        return
    try:
        feel.compile(text)
    except feel.SyntaxProblem as problem:
        problem.field = part
        raise
