"""Asking every case of the kit, and counting."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhongshu.engine.decisions.rules.dmn import models, running
from zhongshu.engine.decisions.rules.values import equal, kind
from zhongshu.main.conformance.dmn import cases
from zhongshu.main.conformance.dmn.cases import Question

LEVELS = {"compliance-level-2": 2, "compliance-level-3": 3}
CLOSE = Decimal("1e-8")  # the kit writes irrational results with some ten digits


@dataclass(slots=True)
class Count:
    """How many were asked, and how many answered rightly."""

    passed: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Counts one."""
        self.total += 1
        self.passed += right


@dataclass(slots=True)
class Score:
    """The counts of each level, values and expected nulls apart; what was refused is counted nowhere else."""

    values: dict[int, Count] = field(default_factory=lambda: {2: Count(), 3: Count()})
    nulls: dict[int, Count] = field(default_factory=lambda: {2: Count(), 3: Count()})
    refused: int = 0

    def report(self) -> dict[str, int]:
        """The figures by the names others read them by."""
        return {
            "level2_passed": self.values[2].passed + self.nulls[2].passed,
            "level2_total": self.values[2].total + self.nulls[2].total,
            "level3_values_passed": self.values[3].passed,
            "level3_values_total": self.values[3].total,
            "level3_nulls_passed": self.nulls[3].passed,
            "level3_nulls_total": self.nulls[3].total,
            "refused": self.refused,
        }


Tell = Callable[[str], None]


def score(kit: Path, at: datetime, tell: Tell) -> Score:
    """Asks every case below a folder, each level in its folder (3 where none is named); tells of each that fails."""
    found = Score()
    for file in sorted(kit.rglob("*.xml")):
        level = next((LEVELS[part] for part in file.parts if part in LEVELS), 3)
        for question, answer, refused in _answers(file, at):
            if refused:
                found.refused += 1
                continue
            right = same(question.expected, answer)
            (found.nulls if question.null else found.values)[level].add(right)
            if not right:
                asked = f"{file.relative_to(kit)} {question.case} {question.decision}"
                tell(f"{asked}: {shown(question.expected)} ≠ {shown(answer)}")
    return found


def _answers(file: Path, at: datetime) -> Iterator[tuple[Question, Any, bool]]:
    name, questions = cases.read(file)
    model = _model(file.parent, name)
    for question in questions:
        if isinstance(model, models.Unreadable):
            yield question, model, False
            continue
        part = model.named(question.decision, "decision", "decisionService", "businessKnowledgeModel")
        if part is not None and _is_refused(model, part):
            yield question, None, True
            continue
        yield question, _answer(model, question, at), False


def _answer(model: models.Model, question: Question, at: datetime) -> Any:
    if not question.service:
        return running.evaluate(model, question.decision, question.inputs, at).value
    answer = running.evaluate(model, question.service, question.inputs, at).value
    several = isinstance(answer, Mapping) and question.decision in answer
    return answer[question.decision] if several else answer


def _is_refused(model: models.Model, part: models.Part) -> bool:
    """Whether the part, or anything it needs at any depth, leads out of the platform."""
    waiting, seen = [part], {part}
    while waiting:
        needed = waiting.pop()
        if needed.refused:
            return True
        further = {need for reference in (*needed.needs, *needed.outputs) if (need := model.at(reference))} - seen
        seen |= further
        waiting += further
    return False


def _model(folder: Path, name: str) -> models.Model | models.Unreadable:
    files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.dmn"))}
    try:
        return models.read(files.pop(name, b""), list(files.values()))
    except models.Unreadable as problem:
        return problem


def same(expected: Any, answer: Any) -> bool:
    """Whether an answer is the expected one; numbers may differ by what the kit rounds away."""
    if kind(expected) == "number" and kind(answer) == "number":
        return abs(Decimal(expected) - Decimal(answer)) <= CLOSE * max(Decimal(1), abs(Decimal(expected)))
    if isinstance(expected, list) and isinstance(answer, list | tuple):
        return len(expected) == len(answer) and all(map(same, expected, answer))
    if isinstance(expected, Mapping) and isinstance(answer, Mapping):
        return expected.keys() == answer.keys() and all(same(expected[key], answer[key]) for key in expected)
    return expected is answer is None or (kind(expected) != "null" and equal(expected, answer) is True)


def shown(value: Any) -> str:
    """A value as one line of the list of failures."""
    return str(value).replace("\n", " ")[:120]
