"""An author's examples, kept beside the scenario and played again whenever it is looked over.

`trials/NAME.json` holds how a trial begins and its steps, each with what is expected after it;
`decisions/NAME.tests.json` holds rows for the decision of that name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.decisions.rules.dmn.testing import Row, tested
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.engine.studio.rules.editing.tables import examples as tables
from zhongshu.engine.studio.rules.trial import examples
from zhongshu.engine.studio.rules.trial.beginning import begin
from zhongshu.engine.studio.rules.trial.city import Town, made_up
from zhongshu.engine.studio.rules.trial.examples import Example, Expect, Where
from zhongshu.engine.studio.rules.trial.paper import Trial
from zhongshu.engine.studio.rules.trial.steps import Step
from zhongshu.engine.studio.rules.trial.verbs import take

TRIALS, DECISIONS, TESTS = "trials/", tables.FOLDER, tables.ENDING


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as the author expects: after which step (0: the beginning), what, and both values."""

    step: int
    what: str
    expected: Any
    found: Any


Towns = Callable[[Where, int], Town]
"""The town of a kind, with the days worked around a year."""


def only_made_up(where: Where, year: int) -> Town:
    """The made-up town, for who knows no city."""
    return made_up(year)


def rehearse(scenario: Scenario, files: Mapping[str, str], towns: Towns = only_made_up) -> list[Finding]:
    """What the examples in a scenario's folder find: each difference an error, each rule no row met a warning."""
    found: list[Finding] = []
    for name, text in sorted(files.items()):
        if name.startswith(TRIALS) and name.endswith(".json"):
            found += _trial(scenario, name, text, towns)
    return [*found, *_decisions(scenario, files)]


def _trial(scenario: Scenario, name: str, text: str, towns: Towns) -> Iterator[Finding]:
    """What an example finds. One that happens among a city's own bodies only warns: bodies come and go, and another
    city has others.
    """
    try:
        plain = examples.json(text)
        severity: Literal["error", "warning"] = "warning" if examples.parsed(plain).town == "city" else "error"
        differences = replay(scenario, plain, towns)
    except Invalid as refused:
        yield Finding(name, "", "error", refused.sentence, refused.gaps)
        return
    for one in differences:
        yield Finding(name, "", severity, _sentence(one, severity == "warning"), asdict(one))


def _sentence(one: Difference, among_bodies: bool) -> str:
    if one.what != "refused" or one.expected is not None:
        return "第 {step} 步之后，{what} 应当是 {expected}，实际是 {found}。"
    if among_bodies:
        return "这个例子在本市的单位里办不下去（第 {step} 步，0 为开头）：{found}流程或单位变了，就重新试办再存。"
    return "这个例子办不下去（第 {step} 步，0 为开头）：{found}"


def replay(scenario: Scenario, plain: Any, towns: Towns = only_made_up) -> list[Difference]:
    """What differs from an author's example. A step refused that should not be is the last thing told.

    Invalid where the example cannot be read.
    """
    example = examples.parsed(plain)
    begun = example.kept.begin
    return list(_played(scenario, example, towns(example.town, begun.at.year)))


def _played(scenario: Scenario, example: Example, town: Town) -> Iterator[Difference]:
    trial: Trial | None = None
    rows: list[tuple[Step | None, Expect]] = list(zip([None, *example.kept.steps], example.expected, strict=True))
    for number, (step, expect) in enumerate(rows):
        before = trial
        try:
            trial = begin(scenario, example.kept.begin, town) if step is None or trial is None else take(trial, step)
        except Refusal as refusal:
            yield from _refused(number, expect, refusal)
            if trial is None or not expect.refusal:
                return
            continue
        yield from _compared(number, expect, before, trial)


def _refused(number: int, expect: Expect, refusal: Refusal) -> Iterator[Difference]:
    if not expect.refusal:
        yield Difference(number, "refused", None, str(refusal))
    if expect.refused is not None and expect.refused not in str(refusal):
        yield Difference(number, "refused", expect.refused, str(refusal))
    problems = sorted(refusal.problems) if isinstance(refusal, Unfit) else []
    if expect.problems is not None and sorted(expect.problems) != problems:
        yield Difference(number, "problems", sorted(expect.problems), problems)


def _compared(number: int, expect: Expect, before: Trial | None, after: Trial) -> Iterator[Difference]:
    for what, wanted, found in _pairs(expect, before, after):
        if wanted != found:
            yield Difference(number, what, wanted, found)


def _pairs(expect: Expect, before: Trial | None, after: Trial) -> Iterator[tuple[str, Any, Any]]:
    """What is expected, by name, with both values."""
    held, new = after.held, after.entries[len(before.entries) if before else 0 :]
    if expect.refusal:
        yield "refused", expect.refused or expect.problems, None
    if expect.open is not None:
        yield "open", sorted(expect.open), sorted(after.open)
    if expect.phase is not None:
        yield "phase", expect.phase, held.phase
    if expect.body is not None:
        yield "body", expect.body, held.body
    if expect.closed is not None:
        yield "closed", expect.closed, held.closed is not None
    if expect.called is not None:
        yield "called", expect.called, [call.element for entry in new for call in entry.calls]
    if expect.message is not None:
        yield "message", expect.message, next((entry.message for entry in reversed(new) if entry.message), "")
    dues = {"case": held.due} | {task.element: task.due for task in held.tasks}
    for element, due in expect.due.items():
        yield f"due.{element}", due, dues.get(element)
    for name, value in expect.data.items():
        yield f"data.{name}", value, _at(held.data, name)


def _at(data: Mapping[str, Any], name: str) -> Any:
    """What stands under a dotted name; None where nothing does."""
    found: Any = data
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _decisions(scenario: Scenario, files: Mapping[str, str]) -> Iterator[Finding]:
    rows: list[Row] = []
    for name, text in sorted(files.items()):
        if name.startswith(DECISIONS) and name.endswith(TESTS):
            try:
                rows += rows_of(name, text)
            except Invalid as refused:
                yield Finding(name, "", "error", refused.sentence, refused.gaps)
    known = [row for row in rows if row.decision in scenario.decisions]
    for decision in sorted({row.decision for row in rows} - {row.decision for row in known}):
        yield Finding(
            f"{DECISIONS}{decision}{TESTS}", "", "error", "没有名为“{name}”的决策，请检查决策文件。", {"name": decision}
        )
    yield from _told(scenario, known)


def _told(scenario: Scenario, rows: list[Row]) -> Iterator[Finding]:
    result = tested(scenario.decisions, rows)
    for failed in result.failed:
        gaps = {"row": failed.row, "expected": failed.expected, "found": failed.found,
                "why": "".join(map(str, failed.notes))}  # fmt: skip
        where = f"{DECISIONS}{failed.decision}{TESTS}"
        yield Finding(where, "", "error", "第 {row} 行应当得到 {expected}，实际是 {found}。{why}", gaps)
    for unmet in result.unmet:
        gaps = {"table": unmet.table, "line": unmet.line, "rule": unmet.rule}
        yield Finding(
            DECISIONS, "", "warning", "决策表“{table}”（第 {line} 行）的第 {rule} 条规则没有一行试算用到。", gaps
        )


def rows_of(name: str, text: str) -> list[Row]:
    """The rows of a file of that name, each to be asked at a moment; Invalid where it cannot be read."""
    decision = name.rpartition("/")[2].removesuffix(TESTS)
    return [Row(decision, row.inputs, row.expect, row.at or _USUAL) for row in tables.read(text)]


_USUAL = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
"""The moment at which a decision is asked where its row says none: a Monday."""
