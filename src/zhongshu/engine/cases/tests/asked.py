"""The scenario of these stories: an official asks bodies a question by a day; each answers, and who asked sees it."""

import json
from datetime import datetime
from typing import Any

from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.processes.tests.drawing import END, START, clock, drawn, each_of, edge, path, task
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Grant

PAGE = """
code = "story-asking"
name = "征询单位意见"
name_en = "Asking bodies"
prefix = "ZX"
process = "process.bpmn"
form = "form.json"

[start]
by = [{by}]
roles = [{roles}]
title = "subject"
[case]
deadline = "10 working_days"
responsible = "started.body"

[phases]
asking = {{ name = "征询中", name_en = "Being asked" }}
collecting = {{ name = "汇总中", name_en = "Being collected" }}
closed = {{ name = "已办结", name_en = "Closed" }}

[tasks.ask]
phase = "asking"
name_en = "Answer"
role = "handler"
pool = "body"
deadline = "= date and time(date(answers.by), time(\\"18:00:00\\"))"
form = "tasks/ask.json"

[tasks.collect]
phase = "collecting"
name_en = "Collect"
role = "supervisor"
pool = "body"
deadline = "2 working_days"
assignee = "started.by"
"""
UNTIL = '= date and time(date(answers.by), time("18:00:00"))'.removeprefix("= ")


def _form(title: str, required: list[str], **questions: Any) -> str:
    document = {"type": "object", "title": title, "properties": questions, "required": required}
    return json.dumps(document | {"x-ui": {"title_en": title}}, ensure_ascii=False)


def files(by: str = '"official"', roles: str = '"supervisor"', until: str = "") -> dict[str, str]:
    """The files of the scenario: who may start it, and when the asking ends before all have answered."""
    bodies = {"type": "array", "title": "征询哪些单位", "items": {"type": "integer"}, "x-ui": {"widget": "body"}}
    elements = (
        START, task("ask", each_of("answers.bodies", until)), edge("over", "ask", clock(UNTIL, "timeDate")),
        task("collect"), END, path("start", "ask", "collect", "end"), path("over", "collect"),
    )  # fmt: skip
    return {
        "scenario.toml": PAGE.format(by=by, roles=roles),
        "process.bpmn": drawn(*elements).decode(),
        "form.json": _form(
            "征询单位意见", ["subject", "bodies", "by"], subject={"type": "string", "title": "征询事项"},
            bodies=bodies | {"minItems": 1}, by={"type": "string", "format": "date", "title": "答复期限"},
        ),
        "tasks/ask.json": _form(
            "答复", ["agree"], agree={"type": "boolean", "title": "是否同意"},
            note={"type": "string", "title": "说明"},
        ),
    }  # fmt: skip


def kept(at: datetime, **changes: str) -> Scenario:
    """The scenario in the database, as the newest version."""
    from zhongshu.base.journal import caches

    Stored.objects.create(code="story-asking", version=1, digest="story-asking", files=files(**changes), loaded=at)
    caches.forget_all()
    scenarios.version.cache_clear()
    return scenarios.newest("story-asking")


def bureaus(number: int) -> list[int]:
    """So many bodies that have people of their own to answer."""
    crews = Grant.objects.filter(role="handler", body__ended=None).order_by("body").distinct()
    return list(crews.values_list("body", flat=True)[:number])


class Asking:
    """A case in which somebody (the supervisor, unless said otherwise) asked bodies by a day."""

    def __init__(
        self, city: Any, number: int = 12, by: str = "2099-01-01", who: str = "supervisor", **changes: str
    ) -> None:
        self.city, self.scenario, self.by = city, kept(city.now, **changes), city.actor(who)
        self.bodies = bureaus(number)
        self.opened = self.start("asking-once", by)
        self.id = self.opened.case_id

    def start(self, key: str, by: str, **more: Any) -> cases.Opened:
        answers = {"subject": "夜间施工怎么管", "bodies": self.bodies, "by": by} | more
        return cases.start(self.scenario, Start(key, "official", answers), by=self.by, at=self.city.now)

    def again(self, number: int) -> str:
        """The number of another case, in which so many bodies are asked."""
        answers = {"bodies": self.bodies[:number]}
        return self.start(f"asking-again-{number}", "2099-01-01", **answers).number

    @property
    def held(self) -> Held:
        return rows.read_locked(self.id)

    @property
    def verbs(self) -> list[str]:
        return [entry.verb for entry in journal.trace("case", str(self.id))]

    def facts(self, verb: str) -> dict[str, Any]:
        """What the last entry with this verb says."""
        return [entry for entry in journal.trace("case", str(self.id)) if entry.verb == verb][-1].facts

    def token(self, body: int) -> int:
        return next(task.token for task in self.held.tasks if task.pool == -body)

    def crew(self, body: int) -> Any:
        """Somebody who may answer for a body."""
        able = people.holders("handler", people.reach(body), self.city.now).order_by("login")
        return people.actor(able[0].pk, self.city.now)

    def answer(self, body: int, at: datetime | None = None, **answers: Any) -> None:
        cases.complete(self.id, self.token(body), {"agree": True} | answers, by=self.crew(body), at=at or self.city.now)
