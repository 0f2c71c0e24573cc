"""A whistle (吹哨): the bodies called to one case, and what they have answered so far. Pure.

It stands in the case's data under `whistle`, where the completion condition of the drawing reads it: `called`,
`answered`, `refused`, `lead_answered`, `lead_refused`. A body that says `not_ours` has refused; any other answer
counts.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import Term, Unit
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules.settings import Settings, WhistleSettings

NAME = "whistle"
ANSWER, NOT_OURS = "answer", "not_ours"
"""The question of a called body's form that is understood, and the answer that is a refusal."""
MOST_BODIES = 20
MOST_HOURS = 720


@dataclass(frozen=True, slots=True)
class Whistle:
    """Who blew when, and who is called: `bodies` but for those called off, `hours` where one has its own limit.

    `task` is the element whose instances are their answers; `came` and `refusing` are those that answered.
    """

    task: str
    by: str
    at: str
    bodies: tuple[int, ...]
    lead: int
    hours: Mapping[str, int]
    came: tuple[int, ...] = ()
    refusing: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it stands in the case's data, with what conditions read."""
        return asdict(self) | {
            "called": len(self.bodies), "answered": len(self.came), "refused": len(self.refusing),
            "lead_answered": self.lead in self.came, "lead_refused": self.lead in self.refusing,
        }  # fmt: skip

    def calling(self, body: int, hours: int | None, lead: bool) -> "Whistle":
        """With one more body, which may be one that refused before."""
        return replace(
            self, bodies=(*(known for known in self.bodies if known != body), body),
            hours=_without(self.hours, body) | ({str(body): hours} if hours else {}),
            refusing=_but(self.refusing, body), lead=body if lead else self.lead,
        )  # fmt: skip

    def without(self, body: int) -> "Whistle":
        """With a body called off."""
        return replace(self, bodies=_but(self.bodies, body), hours=_without(self.hours, body))

    def led_by(self, body: int) -> "Whistle":
        """With another lead."""
        return replace(self, lead=body)

    def heard(self, body: int, answer: Any) -> "Whistle":
        """With a body's answer."""
        if answer == NOT_OURS:
            return replace(self, refusing=(*self.refusing, body))
        return replace(self, came=(*self.came, body))


def _but(bodies: tuple[int, ...], body: int) -> tuple[int, ...]:
    return tuple(known for known in bodies if known != body)


def _without(hours: Mapping[str, int], body: int) -> dict[str, int]:
    return {known: limit for known, limit in hours.items() if known != str(body)}


def read(data: Mapping[str, Any]) -> Whistle | None:
    """The last whistle of a case; None where none was blown."""
    kept = data.get(NAME)
    if kept is None:
        return None
    found = {name: kept[name] for name in Whistle.__slots__}
    return Whistle(**found | {name: tuple(found[name]) for name in ("bodies", "came", "refusing")})


def blown(asked: WhistleSettings, outcome: Mapping[str, Any], own: int | None, by: str, at: datetime) -> Whistle | None:
    """The whistle an outcome blows: the first body it names leads; None where it names none.

    Invalid when a body is named twice, or calls itself (`own` answers for the case already).
    """
    named = [(question, int(outcome[question])) for question in asked.bodies if outcome.get(question) is not None]
    if not named:
        return None
    for place, (question, body) in enumerate(named):
        if body in [other for _, other in named[:place]]:
            raise Invalid("同一个单位只点一次名，请另选一个单位。", field=question)
        if body == own:
            raise Invalid("这个单位正在负责这件事，不用再吹哨给它，请另选一个单位。", field=question)
    limits = dict(zip(asked.bodies, asked.hours, strict=False))
    hours = {str(body): int(given) for q, body in named if (given := outcome.get(limits.get(q, ""))) is not None}
    bodies = tuple(body for _, body in named)
    return Whistle(asked.task, by, at.isoformat(), bodies, bodies[0], hours)


def noted(
    settings: Settings, data: Mapping[str, Any], element: str, body: int | None, outcome: Mapping[str, Any],
    by: str, at: datetime,
) -> Mapping[str, Any]:  # fmt: skip
    """The data after a task is done: its outcome may blow a whistle (`body` answers for the case) or answer one (`body`
    was called).
    """
    asked, current = settings.tasks[element].whistle, read(data)
    if asked is not None:
        new = blown(asked, outcome, body, by, at)
        return {**data, NAME: new.plain()} if new else data
    if current is not None and current.task == element and body is not None:
        return {**data, NAME: current.heard(body, outcome.get(ANSWER)).plain()}
    return data


def moved(data: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    """The data after tasks were given other names: a whistle that is out goes on under the new one."""
    current = read(data)
    if current is None or current.task not in names:
        return data
    return {**data, NAME: replace(current, task=names[current.task]).plain()}


def term(settings: Settings, data: Mapping[str, Any], element: str, category: str, body: int | None) -> Term | None:
    """The time a task has: a called body's own limit, where it was given one; else what the scenario says."""
    current = read(data)
    if current is not None and current.task == element and (hours := current.hours.get(str(body))):
        return Term(hours, Unit.HOURS)
    return settings.term(element, category)


def answers(data: Mapping[str, Any], element: str) -> bool:
    """Whether this task is a called body's answer."""
    current = read(data)
    return current is not None and current.task == element


def blew(data: Mapping[str, Any], element: str, actor: str) -> bool:
    """Whether this task is the answer of a body this actor called."""
    current = read(data)
    return current is not None and current.task == element and current.by == actor


@dataclass(frozen=True, slots=True)
class Marks:
    """What the street thinks of a called body (考核), from 1 to 5 each: how soon it came, what it did, its manner."""

    response: int
    result: int
    attitude: int

    def __post_init__(self) -> None:
        for name in Marks.__slots__:
            if not 1 <= getattr(self, name) <= BEST:
                raise Invalid("请给每一项打 1 至 5 分。", field=name)

    @property
    def score(self) -> int:
        """All three as one, out of 100."""
        return round(100 * (self.response + self.result + self.attitude) / (3 * BEST))


BEST = 5
