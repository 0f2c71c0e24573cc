"""What somebody may start, and where a case that is started lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.base.http.refusals import Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.engine.cases.rules import starting as rules
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import Starter
from zhongshu.engine.intake.rules.questionnaire import Problem, Questionnaire, Unfit
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.rules import mandates
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

REPORT = "case.report"
"""What officials need where a scenario names no role, and programs always."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a case lies: its place, and what it was called if it was asked for."""

    place: int
    lon: float | None = None
    lat: float | None = None
    address: str = ""


def startable(starter: Starter, by: Actor, at: datetime, words: str = "") -> list[Scenario]:
    """The scenarios somebody may start, by name; `words`: only those whose name or code has all of them."""
    wanted = words.lower().split()
    called = [one for one in scenarios.all_newest() if all(word in _called(one) for word in wanted)]
    return sorted((one for one in called if _may(one, starter, by, at)), key=lambda one: one.settings.name)


def _called(scenario: Scenario) -> str:
    return f"{scenario.settings.name} {scenario.settings.name_en} {scenario.code}".lower()


def _may(scenario: Scenario, starter: Starter, by: Actor, at: datetime) -> bool:
    try:
        rules.door(scenario.settings, starter, by)
        mandates.within(by, scenario.code, "")
        allowed(scenario, starter, home(by), by, at)
    except Refusal:
        return False
    return True


def allowed(scenario: Scenario, starter: Starter, where: Where, by: Actor, at: datetime) -> None:
    """Refuse an official without any of the roles where the case would lie, and a program without the right."""
    start, reach = scenario.settings.start, reach_of(where.place, *([] if by.body is None else [by.body]))
    if starter == "applicant" or start is None:
        return
    if starter == "official" and start.roles:
        held = any(permissions.scope_of_role(by, role, at).covers(reach) for role in start.roles)
    else:
        held = permissions.may(by, REPORT, reach, at)
    if not held:
        raise Forbidden("您没有在这里发起“{scenario}”的职责。", scenario=scenario.settings.name)


def home(by: Actor) -> Where:
    """Where somebody's own cases lie: the place of their body, else of the next above that has one, else the city."""
    above = people.lineage(by.body) if by.body is not None else ()
    known = (people.tree()[body].place for body in reversed(above))
    return Where(next((place for place in known if place is not None), None) or city())


def city() -> int:
    """The city that holds every region; where they are of several cities, what holds those."""
    fine = [code for code in places.tree().names if codes.level_of(code) >= codes.Level.CITY]
    if not fine:
        return places.root()
    cities = {codes.ancestors(end)[1] for end in (fine[0], fine[-1])}  # codes stand in order
    return cities.pop() if len(cities) == 1 else places.root()


def place(question: str, answers: Mapping[str, Any], by: Actor) -> Where:
    """Where a case lies: at the address that was answered, else at home. Unfit when there is no such place, or many."""
    address = " ".join(str(answers.get(question) or "").split()) if question else ""
    if not address:
        return home(by)
    found = {_where(one, address) for one in places.search_address(address, 2)} - {None}
    if len(found) != 1:
        said = "有几个地方叫这个名字，请写得更具体，例如加上区和街道。" if found else (
            "没有找到这个地点。请换一个说法，例如只写道路名或社区名。"
        )  # fmt: skip
        raise Unfit({question: Problem(said)})
    return found.pop() or home(by)


def _where(one: places.Found, address: str) -> Where | None:
    if one.kind == "region":
        return Where(int(one.code), address=address)
    spot = places.locate(one.lon, one.lat) if one.lon is not None and one.lat is not None else None
    return Where(spot.path[-1], one.lon, one.lat, address) if spot else None


def category(scenario: Scenario, code: str) -> None:
    """Refuse a category where none is asked, and one whose scenario this is not."""
    start = scenario.settings.start
    if start is None or not start.category:
        if code:
            raise Invalid("“{scenario}”不分类别，请去掉类别。", field="category", scenario=scenario.settings.name)
    elif catalogue.category(code).scenario != scenario.code:
        raise Invalid("请选择“{scenario}”的类别。", field="category", scenario=scenario.settings.name)


def strange_bodies(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Problem]:
    """The questions for bodies that name one there is not, or that has ended."""
    tree = people.tree()
    living = {pk for pk, body in tree.items() if body.ended is None}
    named = {f.name: answers[f.name] for f in form.fields if f.widget == "body" and answers.get(f.name) is not None}
    return {
        name: Problem("名单里有不存在或已撤销的单位，请重新选择。")
        for name, given in named.items()
        if not living.issuperset(given if isinstance(given, list) else [given])
    }
