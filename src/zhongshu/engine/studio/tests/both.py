"""One history told twice: by the engine in the demo city, and on paper by a trial of the same scenario."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from msgspec import structs

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import starting
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.cases.rules.supplement import Item
from zhongshu.engine.cases.tests import asked as asking
from zhongshu.engine.intake.rules import rounds
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial.clock import AFTER
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places.models import Cell

SECOND = timedelta(seconds=1)
MISSING = ("地址", "写得不清楚")
WHY = "按规定办理"
_NEXT = """
SELECT min(m) FROM (
    SELECT due AS m FROM cases_timer WHERE case_id = %(id)s AND NOT %(stopped)s
    UNION ALL SELECT alarm FROM cases_case WHERE id = %(id)s AND closed IS NULL
    UNION ALL SELECT alarm FROM cases_task WHERE case_id = %(id)s AND closed IS NULL
    UNION ALL SELECT due + %(after)s FROM cases_supplement WHERE case_id = %(id)s AND ended IS NULL
) due
"""


def town_of(city: Any, place: int, spot: tuple[float, float] | None) -> trial.Town:
    """The demo city as a town for trials: the same bodies, people and calendar."""
    accounts = Account.objects.order_by("login").values_list("pk", flat=True)
    actors = (people.actor(account, city.now) for account in accounts)
    lines = {body: people.lineage(body) for body in people.tree()}
    staff = tuple(one for one in actors if one is not None and one.kind == "staff")
    return trial.Town(lines, {}, staff, calendar.working_days(), place, spot)


def reported(city: Any, code: str, source: str, category: str, dice: random.Random) -> "Both":
    """A case of a shipped scenario, reported."""
    scenario, spot = scenarios.newest(code), city.spot()
    place = int(Cell.objects.order_by("code").values_list("code", flat=True)[0])
    answers, name = {"description": "路口夜里有噪声"}, scenario.settings.name
    report = cases.Report("both", source, category, name, "路口", place, *spot, answers=answers, phone="13800000000")
    begun = trial.Begin(city.now, answers, source, category, "路口")
    opened = cases.open_case(scenario, report, by=city.actor("supervisor"), at=begun.at)
    return Both(city, scenario, opened, begun, dice)


def asked(city: Any, by: date, dice: random.Random) -> "Both":
    """A case in which the supervisor asks four bodies by a day."""
    at, starter, scenario = city.now, city.actor("supervisor"), asking.kept(city.now)
    answers = {"subject": "夜间施工怎么管", "bodies": asking.bureaus(4), "by": by.isoformat()}
    opened = cases.start(scenario, Start("asking-once", "official", answers), by=starter, at=at)
    begun = trial.Begin(at, answers, "official", facts=starting.fact(starter, starter.body))
    return Both(city, scenario, opened, begun, dice)


class Both:
    """A case in the demo city and its trial; whatever is done to one is done to the other."""

    def __init__(
        self, city: Any, scenario: Scenario, opened: cases.Opened, begun: trial.Begin, dice: random.Random
    ) -> None:
        self.city, self.scenario, self.dice, self.at = city, scenario, dice, begun.at
        self.id, self.code, held = opened.case_id, opened.query_code, city.held(opened.case_id)
        spot = (held.lon, held.lat) if held.lon is not None else None
        self.town = town_of(city, held.place, spot)
        self.bodies = list(self.town.lines)[:5]
        self.trial = trial.begin(scenario, structs.replace(begun, outcomes=self.served()), self.town)

    @property
    def held(self) -> Held:
        return self.city.held(self.id)

    def served(self) -> dict[str, trial.Outcome]:
        """What the services of the engine have answered so far."""
        ids = [service.id for service in self.scenario.net.services()]
        return {one: trial.Outcome(self.held.data[one]) for one in ids if one in self.held.data}

    def told(self) -> dict[str, Any]:
        """What the engine holds of the case."""
        return _shown(self.held) | {
            "timers": sorted(self._rows("cases_timer", "token, element, due")),
            "alarms": {token: at for token, at in self._alarms() if at is not None},
            "verbs": [entry.verb for entry in journal.trace("case", str(self.id))],
        }

    def on_paper(self) -> dict[str, Any]:
        """What the trial says of it."""
        return _shown(self.trial.held) | {
            "timers": sorted((timer.token, timer.element, timer.due) for timer in self.trial.timers),
            "alarms": {token: alarm.at for token, alarm in self.trial.alarms.items() if alarm.at and self._runs(token)},
            "verbs": [entry.verb for entry in self.trial.entries],
        }

    def _runs(self, token: int) -> bool:
        return self.trial.held.closed is None and (token == 0 or self.trial.held.task(token) is not None)

    def _alarms(self) -> list[tuple[int, datetime | None]]:
        own = self._rows("cases_task", "token, alarm", "AND closed IS NULL")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 0, alarm FROM cases_case WHERE id = %s AND closed IS NULL", [self.id])
            return [*cursor.fetchall(), *own]

    def _rows(self, table: str, columns: str, where: str = "") -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} WHERE case_id = %s {where}", [self.id])
            return cursor.fetchall()

    def do(self, real: Callable[[], Any], step: trial.Step) -> str:
        """Do the same to both; the sentence with which both refuse, empty if neither does."""
        refused = [_tried(real), _tried(lambda: self._taken(step))]
        assert refused[0] == refused[1], f"{refused} at {step}"
        self.agree(step)
        self.at += SECOND
        return refused[0]

    def agree(self, step: object) -> None:
        """Both say the same; the first thing in which they differ fails the story."""
        paper, engine = self.on_paper(), self.told()
        for name, found in paper.items():
            assert found == engine[name], f"{name} after {step}: {found} on paper, {engine[name]}"

    def _taken(self, step: trial.Step) -> None:
        self.trial = replace(self.trial, outcomes={**self.trial.outcomes, **self.served()})
        self.trial = trial.take(self.trial, step)

    def catch_up(self) -> None:
        """Let both come to the moment it is: what was due until now has happened."""
        self._worked(self.at)
        self.trial = trial.pushed(self.trial, self.at)

    def push(self, to: datetime) -> None:
        """Let the time pass; the worker of the engine looks at the very moment something is due."""
        refused = self.do(lambda: self._worked(to), trial.Push(to=to))
        assert not refused
        self.at = to

    def _worked(self, to: datetime) -> None:
        while (following := self._next()) is not None and following <= to:
            moment = max(following, self.at)
            done = cases.fire_due_timers(moment) + cases.raise_alarms(moment) + cases.lapse_supplements(moment)
            assert done, "what is due happens"

    def _next(self) -> datetime | None:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, {"id": self.id, "stopped": self.held.stopped is not None, "after": AFTER})
            return cursor.fetchone()[0]

    def complete(self, task: OpenTask) -> str:
        """Complete a task with answers its form may have, by somebody who may."""
        able = list(trial.able(self.trial, task, self.at))
        by = self.dice.choice(able) if able else self.town.people[0]
        form = self.scenario.forms.get(task.element)
        answers = self._answers(form, by) if form else {}
        spot = Position(*self.town.spot, self.at) if self.town.spot else None
        return self.do(
            lambda: cases.complete(self.id, task.token, answers, position=spot, by=by, at=self.at),
            trial.Complete(token=task.token, by=by.id, answers=answers),
        )

    def _answers(self, form: Questionnaire, by: Any) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for field in form.fields:
            if field.name in rounds.settle(form, given).shown and (field.required or self.dice.random() < 0.5):
                given[field.name] = self._answer(field, by)
        return given

    def _answer(self, field: Field, by: Any) -> Any:
        if field.widget == "body":
            return self.dice.choice(self.bodies)
        match field.kind:
            case "choice":
                return self.dice.choice(field.options).value
            case "boolean":
                return self.dice.random() < 0.7
            case "integer" | "number":
                return self.dice.randint(1, 8)
            case "photo":
                return [self.city.photo(by)]
            case "phone":
                return "13800000000"
        return "按要求办理完毕"

    def ask(self, task: OpenTask) -> str:
        """Ask the applicant for what is missing."""
        by = next(iter(trial.able(self.trial, task, self.at)), self.town.people[0])
        return self.do(
            lambda: cases.ask_supplement(self.id, task.token, [Item(*MISSING)], by=by, at=self.at),
            trial.Ask(token=task.token, by=by.id, items=[MISSING]),
        )

    def supply(self) -> str:
        """Give what was asked for, as the applicant."""
        given = {"text_1": "解放路 12 号门前"}
        return self.do(
            lambda: cases.answer_supplement(self.id, given, code=self.code, by=self.applicant, at=self.at),
            trial.Supply(answers=given),
        )

    def drop(self) -> str:
        """Wait for the applicant no longer."""
        by = self.city.actor("supervisor")
        return self.do(lambda: cases.drop_supplement(self.id, WHY, by=by, at=self.at), trial.Drop(reason=WHY))

    def deem(self) -> str:
        """Let the case count as withdrawn, where it may."""
        last = self.trial.asked[-1] if self.trial.asked else None
        task = self.trial.held.task(last.token) if last else None
        able = trial.able(self.trial, task, self.at) if task else iter(())
        by = next(able, self.city.actor("supervisor"))
        return self.do(lambda: cases.deem_withdrawn(self.id, WHY, by=by, at=self.at), trial.Deem(reason=WHY))

    @property
    def applicant(self) -> Any:
        return replace(
            self.city.actor("supervisor"), id="019b0000-0000-7000-8000-000000000000", kind="resident", grants=()
        )

    def withdraw(self) -> str:
        """Take the case back, as the applicant."""
        return self.do(
            lambda: cases.withdraw(self.id, WHY, code=self.code, by=self.applicant, at=self.at),
            trial.Withdraw(reason=WHY),
        )

    def send_back(self, task: OpenTask) -> str:
        """Return the case from a task to one of those done before, whether it can be or not."""
        by = self.city.actor("supervisor")
        to = self.dice.choice(sorted(self.scenario.settings.tasks))
        return self.do(
            lambda: cases.send_back(self.id, task.token, to, WHY, by=by, at=self.at),
            trial.Return(token=task.token, to=to, reason=WHY, by=by.id),
        )

    def suspend(self) -> str:
        """Stop the clock, as was granted."""
        by = self.city.actor("supervisor")
        return self.do(
            lambda: cases.apply_suspend(str(self.id), {"reason": WHY}, by=by, at=self.at), trial.Suspend(reason=WHY)
        )

    def resume(self) -> str:
        """Let the clock go on."""
        by = self.city.actor("supervisor")
        return self.do(lambda: cases.resume(self.id, by=by, at=self.at), trial.Resume())

    def extend(self, task: OpenTask) -> str:
        """Give a task one unit more, as was granted."""
        body, by = {"token": task.token, "amount": 1}, self.city.actor("supervisor")
        return self.do(
            lambda: cases.apply_extend(str(self.id), body, by=by, at=self.at), trial.Extend(token=task.token, amount=1)
        )

    def reopen(self) -> str:
        """Open the case again at some task."""
        by, to = self.city.actor("supervisor"), self.dice.choice(sorted(self.scenario.settings.tasks))
        return self.do(lambda: cases.reopen(self.id, to, WHY, by=by, at=self.at), trial.Reopen(to=to, reason=WHY))


def _shown(held: Held) -> dict[str, Any]:
    return {
        "phase": held.phase, "closed": held.closed, "due": held.due, "body": held.body, "reach": {*held.reach},
        "data": held.data, "marking": held.marking, "stopped": held.stopped, "tasks": held.tasks,
    }  # fmt: skip


def _tried(work: Callable[[], Any]) -> str:
    try:
        work()
    except Refusal as refusal:
        return type(refusal).__name__
    return ""


def some_time(dice: random.Random) -> timedelta:
    """From minutes to weeks."""
    return dice.choice(
        [timedelta(minutes=5), timedelta(minutes=40), timedelta(hours=3), timedelta(days=1), timedelta(days=9)]
    )
