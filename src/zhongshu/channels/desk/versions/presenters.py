"""A migration in words: what its dry run found, what is to be chosen, what became of each case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations, scenarios
from zhongshu.engine.cases.rules import migrating
from zhongshu.engine.cases.rules.migrating import Shape
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.rules.moving import Option, Question
from zhongshu.engine.processes.rules.net import Join

STATES = {
    "looking": "正在试算", "drafted": "试算完成", "running": "正在迁移", "stopped": "已停下", "done": "已完成",
    "dropped": "已放弃",
}  # fmt: skip
OUTCOMES = {"moved": "已迁移", "stayed": "留在原版本", "undone": "已恢复"}
_QUESTIONS = {
    "lost": "“{name}”在新版里没有对应的环节。办到这里的件怎么办？",
    "joined": "这几个环节在新版里不再同时办理。留下哪一个？其余的撤回。",
    "added": "新版还要等“{name}”这一支办完。它怎么办？",
}
_OPTIONS = {
    "to": "改到“{name}”", "wait": "算作“{name}”已办完", "withdraw": "撤回，不再办", "keep": "留下“{name}”",
    "begin": "现在开始办", "done": "算作已办完",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the code and words of each answer, best first."""

    key: str
    sentence: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """Cases that stand alike: where, how many, some numbers, and why they cannot move or what is asked."""

    key: str
    version: int
    where: str
    count: int
    cases: str
    why: str
    asked: Sequence[Asked]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The shapes of one outcome."""

    outcome: str
    name: str
    count: int
    shapes: Sequence[Said]


_GROUPS = {"asks": "需要选择", "moves": "可以迁移", "cannot": "不能迁移"}


def groups(held: Migration) -> list[Group]:
    """What the dry run found: first what needs a choice, then what moves, then what cannot."""
    shapes = migrating.read(held.shapes)
    totals = migrating.totals(shapes.values())
    return [
        Group(code, gettext(name), totals[code], [_said(held, one) for one in shapes.values() if one.outcome == code])  # type: ignore[index]
        for code, name in _GROUPS.items()
    ]  # fmt: skip


def _said(held: Migration, shape: Shape) -> Said:
    old, new = (scenarios.version(held.scenario, number) for number in (shape.version, held.version))
    return Said(
        key=shape.key, version=shape.version, where=_where(old, shape), count=shape.count,
        cases=gettext("、").join(shape.cases), why=_said_why(shape.sentence, shape.gaps),
        asked=[_asked(old, new, question) for question in shape.questions], chosen=bool(held.choices.get(shape.key)),
    )  # fmt: skip


def _where(scenario: Scenario, shape: Shape) -> str:
    """The places at which such a case waits."""
    if shape.marking is None:
        return gettext("其余的各种情形")
    marking = Marking.from_json(shape.marking)
    holding = {token.parent for token in marking.tokens}
    resting = [token for token in marking.tokens if token.id not in holding]
    elements = scenario.net.elements
    known = [_named(scenario, t.at) for t in resting if not isinstance(elements[t.at], Join)]
    if any(isinstance(elements[t.at], Join) for t in resting):
        known.append(gettext("等候汇聚"))
    return gettext("、").join(dict.fromkeys(known))


def _asked(old: Scenario, new: Scenario, question: Question) -> Asked:
    name = _named(new if question.kind == "added" else old, question.about) if question.about else ""
    options = [(option.code, _option(old, new, option)) for option in question.options]
    return Asked(question.key, gettext(_QUESTIONS[question.kind]).format(name=name), options)


def _option(old: Scenario, new: Scenario, option: Option) -> str:
    if option.what == "keep":
        name = _named(old, option.id.rsplit("/", 1)[-1].split("<")[-1])
    else:
        name = _named(new, option.id, source=option.what == "wait") if option.id else ""
    return gettext(_OPTIONS[option.what]).format(name=name)


def _named(scenario: Scenario, id: str, *, source: bool = False) -> str:
    """What an element is called; a flow by what it leads to, or comes from."""
    if flow := scenario.net.flows.get(id):
        id = flow.source if source else flow.target
    if id in scenario.settings.tasks:
        return scenario.task_name(id, language())
    return id if language() == "en" else scenario.net.elements[id].name or id


def outcomes(held: Migration, shown: str) -> list[tuple[str, str, int, bool]]:
    """What became of cases: code, name, how many, and whether these are shown."""
    found = migrations.outcomes(held.pk)
    return [(code, gettext(name), found[code], code == shown) for code, name in OUTCOMES.items()]


def listed(rows: Iterable[migrations.Row]) -> list[tuple[migrations.Row, str]]:
    """Cases with why they stayed."""
    return [(row, _said_why(row.sentence, row.gaps)) for row in rows]


def _said_why(sentence: str, gaps: Mapping[str, Any]) -> str:
    return gettext(sentence).format(**gaps) if sentence else ""


def state(held: Migration) -> str:
    """How far a migration is, in words."""
    return gettext(STATES[held.state])
