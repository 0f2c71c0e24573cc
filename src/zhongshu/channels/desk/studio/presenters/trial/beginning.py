"""How a trial begins: what the page offers, and what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import QueryDict

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar.rules import SHANGHAI, WorkingDays
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.studio.presenters.trial import questions, services
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.rules import starting
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.studio.queries import towns
from zhongshu.engine.studio.rules import trial
from zhongshu.registers.catalogue import queries as catalogue

OPENS = time(9)
FIRST, LAST = 2000, 2100
"""The years a trial happens in."""
REPORTED = ("resident", "hotline", "patrol", "machine")
"""Where a case comes from that nobody starts."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the page offers to begin with, and what was typed."""

    town: trial.Where
    source: str
    sources: tuple[Pair, ...]
    at: str
    body: str
    bodies: tuple[Pair, ...]
    category: str
    categories: tuple[Pair, ...]
    title: str
    form: questions.Shown | None
    services: tuple[services.Service, ...]


def offered(
    scenario: Scenario, town: trial.Town, where: trial.Where, at: datetime, post: Mapping[str, str],
    answers: Mapping[str, Any], problems: Mapping[str, Any], asked: str,
) -> Beginning:  # fmt: skip
    """The page before a trial; `asked` is where a browser learns which questions are asked."""
    sources = tuple((code, names.source(code)) for code in _sources(scenario))
    usual = morning_after(at, calendar.working_days())
    start = scenario.settings.start
    bodies = tuple((str(body), name) for body, name in town.names.items()) if start and "official" in start.by else ()
    return Beginning(
        where, post.get("own-source", sources[0][0]), sources, post.get("own-at", f"{usual:%Y-%m-%dT%H:%M}"),
        post.get("own-body", ""), bodies, post.get("own-category", ""), tuple(_categories(scenario)),
        post.get("own-title", ""), questions.shown(scenario.form, town, answers, problems, asked),
        tuple(services.services(scenario, town, {}, post)),
    )  # fmt: skip


def _sources(scenario: Scenario) -> tuple[str, ...]:
    start = scenario.settings.start
    named = tuple(source for source in scenario.settings.starts if source)
    return tuple(dict.fromkeys((*(start.by if start else ()), *named, *(() if start else REPORTED))))


def _categories(scenario: Scenario) -> list[Pair]:
    """The categories that lead to the scenario, or that it gives terms of their own."""
    mine = {code for code, one in catalogue.tree().items() if one.scenario == scenario.code and one.ended is None}
    wanted = sorted(mine | {*scenario.settings.deadlines})
    return [(code, names.category(code, code) or code) for code in wanted]


def begun(scenario: Scenario, town: trial.Town, post: QueryDict) -> trial.Begin:
    """How the trial begins, as typed. Invalid names the input that is wrong."""
    source = post.get("own-source", "")
    if source not in _sources(scenario):
        raise Invalid("请选择是谁发起的。", field="own-source")
    at = moment(post.get("own-at", ""), "own-at")
    return trial.Begin(
        at=at, answers=questions.answers(scenario.form, post), source=source, category=_category(scenario, post),
        facts=_starter(scenario, town, source, post.get("own-body", ""), at),
        outcomes=services.chosen(scenario, town, post),
    )  # fmt: skip


def _category(scenario: Scenario, post: QueryDict) -> str:
    typed = post.get("own-category", "")
    if typed and typed not in dict(_categories(scenario)):
        raise Invalid("请从列表里选一个类别。", field="own-category")
    return typed


def _starter(scenario: Scenario, town: trial.Town, source: str, typed: str, at: datetime) -> dict[str, Any]:
    """Whose official starts it, where a body was chosen; else the first who may does."""
    start = scenario.settings.start
    if start is None or source != "official" or not typed:
        return {}
    staff = (one for one in town.people if str(one.body) == typed)
    found = next((one for one in staff if not start.roles or {*start.roles} & {*permissions.roles(one, at)}), None)
    if found is None:
        raise Invalid("请从列表里选一个单位。", field="own-body")
    return starting.fact(found, found.body)


def moment(typed: str, field: str) -> datetime:
    """A moment typed into the page, by the clock of Shanghai."""
    try:
        found = datetime.fromisoformat(typed).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise Invalid("请写上日期和时刻，例如 2026-03-02 09:00。", field=field) from None
    if not FIRST <= found.year <= LAST:
        raise Invalid("请写 {first} 年到 {last} 年之间的时刻。", field=field, first=FIRST, last=LAST)
    return found


def morning_after(at: datetime, days: WorkingDays) -> datetime:
    """Nine o'clock on the next working day."""
    following = days.next_working((at.astimezone(SHANGHAI) + timedelta(days=1)).date())
    return datetime.combine(following, OPENS, SHANGHAI)


def town(where: trial.Where, at: datetime) -> trial.Town:
    """The town of a kind."""
    return towns.town(where, at.year)
