"""The counters say what a recount of the cases says, whatever happened to the cases."""

from collections import Counter as Tally
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import jobs as journal
from zhongshu.base.journal import queries as feed
from zhongshu.base.journal.doors import Reaction
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.data.figures import queries, reactions
from zhongshu.data.figures.models import Counter
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import step
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.signing import Wanted
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.intake.rules.shape import Field
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Grant

FIGURES = {"figures": Reaction(reactions.COUNTED, reactions.count)}
WORDS = "按职责办理。"

# Measure, day and condition as the tables of cases have them.
_RECOUNT = (
    ("'phase:' || c.phase", "date '1970-01-01'", "true"),
    ("'opened'", "(c.opened AT TIME ZONE 'Asia/Shanghai')::date", "true"),
    ("'closed'", "(c.closed AT TIME ZONE 'Asia/Shanghai')::date", "c.closed IS NOT NULL"),
    ("'late'", "(c.closed AT TIME ZONE 'Asia/Shanghai')::date", "c.closed > c.due"),
    ("'from:' || c.source", "(c.opened AT TIME ZONE 'Asia/Shanghai')::date", "true"),
)
_OF_THE_WORK = ["redone", "returned", "answered", "judged", "done", "overran"]
_STORED = """
SELECT 'n', ancestor, day, measure, category, n::text FROM figures_counter WHERE n <> 0 UNION ALL
SELECT 's', ancestor, day, measure, category, total || ' ' || counts::text FROM figures_spread ORDER BY 1, 2, 3, 4, 5
"""
_TOGETHER = """
SELECT array_agg((slot, n) ORDER BY slot) FILTER (WHERE whole),
       array_agg((slot, n) ORDER BY slot) FILTER (WHERE NOT whole)
FROM (
    SELECT ancestor, day, measure, category = '' AS whole, k + array_lower(counts, 1) AS slot, sum(n) AS n
    FROM figures_spread, unnest(counts) WITH ORDINALITY AS u (n, k) WHERE n <> 0 GROUP BY 1, 2, 3, 4, 5
) s GROUP BY ancestor, day, measure
"""
_HOURS = """
SELECT n.ancestor, n.day, n.measure, n.n, (SELECT coalesce(sum(k), 0) FROM unnest(s.counts) k)
FROM figures_counter n LEFT JOIN figures_spread s USING (ancestor, day, measure, category)
WHERE n.measure IN ('opened', 'closed')
"""


@pytest.fixture(autouse=True)
def _as_if_committed(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction holds nothing back from its readers."""
    everything = feed._FEED.replace("xid < pg_snapshot_xmax(pg_current_snapshot())", "true")
    monkeypatch.setattr(feed, "_FEED", everything)


def recounted() -> Tally[tuple[Any, ...]]:
    """The measures of the cases as the cases' own tables have them."""
    found: Tally[tuple[Any, ...]] = Tally()
    with connection.cursor() as cursor:
        for measure, day, condition in _RECOUNT:
            cursor.execute(
                f"""SELECT {measure}, r.ancestor, {day}, c.category
                    FROM cases_reach r JOIN cases_case c ON c.id = r.case_id WHERE {condition}"""
            )
            found.update(cursor.fetchall())
    return found


def counted() -> Tally[tuple[Any, ...]]:
    """The same measures as the counters have them; those of the work left out."""
    rows = Counter.objects.exclude(measure__in=_OF_THE_WORK).exclude(n=0)
    return Tally({(row.measure, row.ancestor, row.day, row.category): row.n for row in rows})


def catch_up() -> None:
    while journal.run_once(FIGURES):
        pass


class Walk:
    """Random people doing random things that the forms allow."""

    def __init__(self, seed: int, city: Any) -> None:
        self.random, self.city = Random(seed), city
        self.bodies = sorted(Grant.objects.filter(role="handler").values_list("body_id", flat=True).distinct())

    def live(self, at: datetime) -> None:
        """Open a case and let a random number of its tasks be done, hours or days apart."""
        category = self.random.choice(("1101", "0101", "1401", "1301"))
        source = self.random.choice(("resident", "patrol", "hotline"))
        case_id = self.city.report(
            category=category, source=source, spot=self.city.spot(self.random.randrange(40))
        ).case_id
        for _ in range(self.random.randrange(14)):
            at += timedelta(hours=self.random.choice((1, 5, 30, 150)))
            held = self.city.held(case_id)
            self.move(held, at)

    def move(self, held: Held, at: datetime) -> None:
        """Let a task be done; now and then go back, ask a body to sign, or open the case again."""
        supervisor, chance = self.city.actor("supervisor"), self.random.random()
        with suppress(Conflict, Forbidden, Invalid):
            if held.closed and chance < 0.3 and (again := cases.ways_again(held.id, by=supervisor, at=at)):
                cases.reopen(held.id, self.random.choice(again).to.element, WORDS, by=supervisor, at=at)
            task = self.random.choice(held.tasks) if held.tasks else None
            if task and chance < 0.1 and (ways := cases.ways_back(held.id, task.token, by=supervisor, at=at)):
                to = self.random.choice(ways).to.element
                cases.send_back(held.id, task.token, to, WORDS, by=supervisor, at=at)
            elif task and chance < 0.15:
                wanted = Wanted(WORDS, body=self.random.choice(self.bodies))
                cases.ask_signature(held.id, task.token, wanted, by=supervisor, at=at)
            elif task:
                self.do(held, task, at)

    def do(self, held: Held, task: OpenTask, at: datetime) -> None:
        scenario = scenarios.of(held)
        form = scenario.forms.get(task.element)
        by = self.doer(held, task, at)
        answers = {field.name: self.answer(field, by) for field in form.fields if field.required} if form else {}
        position = Position(held.lon or 0, held.lat or 0, at)
        with suppress(Invalid):  # a whistle to nobody, or to oneself
            cases.complete(held.id, task.token, answers, position=position, by=by, at=at)

    def doer(self, held: Held, task: OpenTask, at: datetime) -> Actor:
        if task.assignee:
            return people.actor(task.assignee, at) or SYSTEM
        able = people.holders(task.role, step.reach_of_task(held, task), at)
        able = able.exclude(pk=held.data.get("handle", {}).get("by"))
        chosen = self.random.choice(list(able.order_by("login").values_list("pk", flat=True)[:20]))
        return people.actor(chosen, at) or SYSTEM

    def answer(self, field: Field, by: Actor) -> Any:
        match field.kind:
            case "boolean":
                return self.random.random() < 0.7
            case "choice":
                return self.random.choice(field.options).value
            case "choices":
                return [self.random.choice(field.options).value]
            case "integer":
                return self.random.choice(self.bodies)
            case "photo":
                return [self.city.photo(by)]
            case _:
                return WORDS


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_counters_equal_a_recount_after_random_lives(city: Any, seed: int) -> None:
    walk = Walk(seed, city)
    for _ in range(12):
        walk.live(city.now)
        catch_up()
    found = recounted()
    assert {measure.partition(":")[0] for measure, *_ in found} >= {"phase", "opened", "closed", "late"}
    assert counted() == found


def stored() -> list[tuple[Any, ...]]:
    """Every counter and every spread as the tables have them."""
    with connection.cursor() as cursor:
        cursor.execute(_STORED)
        return cursor.fetchall()


@pytest.mark.django_db
def test_counting_the_journal_again_from_its_beginning_gives_the_same(city: Any) -> None:
    walk = Walk(7, city)
    for _ in range(15):
        walk.live(city.now)
        catch_up()
    live = stored()
    assert {row[0] for row in live} == {"n", "s"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM figures_counter; DELETE FROM figures_spread; DELETE FROM journal_cursor")
    catch_up()
    assert stored() == live


@pytest.mark.django_db
def test_the_spread_of_all_categories_is_that_of_each_together(city: Any) -> None:
    walk = Walk(5, city)
    for _ in range(12):
        walk.live(city.now)
    catch_up()
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER)
        rows = cursor.fetchall()
    assert len(rows) > 20 and all(whole == parts for whole, parts in rows)


@pytest.mark.django_db
def test_the_hours_of_a_day_come_to_the_day(city: Any) -> None:
    walk = Walk(3, city)
    for _ in range(12):
        walk.live(city.now)
    catch_up()
    with connection.cursor() as cursor:
        cursor.execute(_HOURS)
        rows = cursor.fetchall()
    assert len(rows) > 20 and all(day == hours for _, _, _, day, hours in rows)


@pytest.mark.django_db
def test_running_the_reaction_again_counts_nothing_twice(city: Any) -> None:
    city.report()
    catch_up()
    before = counted()
    catch_up()
    assert counted() == before == recounted()


@pytest.mark.django_db
def test_questions_answer_for_one_ancestor_and_leave_out_what_is_gone(city: Any) -> None:
    opened = city.report(source="resident", by="resident")
    place = city.held(opened.case_id).place
    catch_up()
    today = city.now.date()
    assert queries.standing(place) == {"accepting": 1}
    assert queries.flow(place, today, today) == {today: {"opened": 1}}
    Walk(0, city).do(city.held(opened.case_id), city.held(opened.case_id).tasks[0], city.now)
    catch_up()
    assert sum(queries.standing(place).values()) == 1
    assert queries.standing(place + 1) == {}
