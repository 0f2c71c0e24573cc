"""An author's examples as they are written: how a trial begins and its steps, each with what is expected after it."""

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.trial import steps
from zhongshu.engine.studio.rules.trial.beginning import begin
from zhongshu.engine.studio.rules.trial.paper import Trial
from zhongshu.engine.studio.rules.trial.steps import Kept, Moment
from zhongshu.engine.studio.rules.trial.verbs import take

Where = Literal["made_up", "city"]
"""The town an example happens in: the made-up one, the same everywhere, or the city's own bodies."""


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be so after a step; what is left out may be anything.

    `open`: the elements of the open tasks, in any order. `due`: element, or `case`, → deadline. `data`: dotted name →
    value. `called`: the service tasks the step called. `message`: the template the applicant is sent, empty for none.
    `refused`: part of the sentence with which the step is refused. `problems`: the questions whose answers do not fit.
    """

    open: list[str] | None = None
    phase: str | None = None
    body: int | None = None
    closed: bool | None = None
    due: dict[str, Moment | None] = {}
    data: dict[str, Any] = {}
    called: list[str] | None = None
    message: str | None = None
    refused: str | None = None
    problems: list[str] | None = None

    @property
    def refusal(self) -> bool:
        """Whether the step is there to be refused."""
        return self.refused is not None or self.problems is not None


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what it does, and what is expected after the beginning and after each step."""

    title: str
    town: Where
    kept: Kept
    expected: tuple[Expect, ...]

    @property
    def taken(self) -> dict[str, Any]:
        """A trial as plain values that goes on from here: what is there to be refused is left out."""
        wanted = zip(self.kept.steps, self.expected[1:], strict=True)
        return steps.plain(self.kept.begin, (step for step, expect in wanted if not expect.refusal))


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begin: dict[str, Any]
    steps: list[dict[str, Any]] = []
    title: str = ""
    town: Where = "made_up"


_Shape = TypeVar("_Shape", Expect, _Written)


def read(text: str) -> Example:
    """What a file under `trials/` says. Invalid where it cannot be read."""
    return parsed(json(text))


def parsed(plain: Any) -> Example:
    """The same of what the file's JSON holds."""
    found = _read(plain, _Written)
    rows = [found.begin, *found.steps]
    expected = tuple(_read(row.get("expect", {}), Expect) for row in rows)
    first, *others = [{name: value for name, value in row.items() if name != "expect"} for row in rows]
    return Example(found.title, found.town, steps.read({"begin": first, "steps": others}), expected)


def json(text: str) -> Any:
    """What a text holds; Invalid where it is no JSON."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as problem:
        raise Invalid("不是有效的 JSON：{why}", why=str(problem)) from None


def written(trial: Trial, title: str, town: Where) -> dict[str, Any]:
    """A trial as an example, as plain values: what is open and where the case stands after each step is expected.

    What its steps do today is taken for right: its author has just looked at it.
    """
    plain, now = steps.plain(trial.begun, trial.steps), begin(trial.scenario, trial.begun, trial.town)
    told = [_now(now)] + [_now(now := take(now, step)) for step in trial.steps]
    rows = [plain["begin"], *plain.get("steps", ())]
    first, *others = [{**row, "expect": expect} for row, expect in zip(rows, told, strict=True)]
    return {"title": title, "town": town, "begin": first, "steps": others}


def _now(trial: Trial) -> dict[str, Any]:
    return {"open": sorted(trial.open), "phase": trial.held.phase, "closed": trial.held.closed is not None}


def _read(plain: Any, kind: type[_Shape]) -> _Shape:
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as problem:
        raise Invalid("试办的步骤写得不对：{why}", why=str(problem)) from None
