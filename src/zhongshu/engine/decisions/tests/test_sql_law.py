"""SQL and the closures agree: true, false and null, for random conditions over random rows, on real PostgreSQL."""

import json
from datetime import datetime
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn import models, running
from zhongshu.engine.decisions.rules.sql import conditions, tables
from zhongshu.engine.decisions.rules.sql.terms import Unsayable
from zhongshu.engine.decisions.rules.values import Months
from zhongshu.engine.decisions.tests import drawing

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-03-01T08:30:00+08:00")
ROWS = 20
COLUMNS = {name: sort for name, (_, sort, _) in drawing.DRAWN.items() if sort != "jsonb"}
COLUMNS |= {drawing.EXPECTED: "numeric", "j": "jsonb"}


def asked(condition: conditions.Condition, rows: list[dict[str, Any]]) -> list[tuple[bool | None, bool | None]]:
    """What the database answers for each row, exactly and as a search."""
    values = ", ".join(f"(%s::int, {', '.join(f'%s::{sort}' for sort in COLUMNS.values())})" for _ in rows)
    given_ = [each for n, row in enumerate(rows) for each in (n, *(_column(row[name]) for name in COLUMNS))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {condition.truth}, {condition.where} FROM (VALUES {values}) AS row (n, {', '.join(COLUMNS)})"
            " ORDER BY n",
            (*condition.truth_params, *condition.where_params, *given_),
        )
        return cursor.fetchall()


def _column(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, default=float)
    return f"{value.total} months" if isinstance(value, Months) else value


def check(random: Random) -> bool:
    """Whether a drawn condition could be said; if so, both sides agreed on it."""
    text, rows = drawing.expression(random), [drawing.row(random) for _ in range(ROWS)]
    expression = feel.compile(text)
    try:
        condition = conditions.condition(expression, drawing.facts, AT)
    except Unsayable:
        return False
    for row, (exact, found) in zip(rows, asked(condition, rows), strict=True):
        answer = expression.evaluate(row, AT)
        assert exact is (answer if isinstance(answer, bool) else None), (text, row, condition.truth)
        assert (found is True) == (answer is True), (text, row, condition.where)
    return True


def check_number(random: Random) -> bool:
    """Whether a drawn reckoning could be said; if so, it came to the same number to the last digit."""
    text, rows = drawing.expression(random, "number"), [drawing.row(random) for _ in range(ROWS)]
    worked_out = feel.compile(text)
    expected = [row | {drawing.EXPECTED: worked_out.evaluate(row, AT)} for row in rows]
    try:
        condition = conditions.condition(feel.compile(f"{text} = {drawing.EXPECTED}"), drawing.facts, AT)
    except Unsayable:
        return False
    for row, (exact, _) in zip(expected, asked(condition, expected), strict=True):
        assert exact is True, (text, row, condition.truth)
    return True


def check_table(random: Random) -> None:
    """A drawn table answers the same for every row, whichever answer is looked for."""
    xml, rows = drawing.table(random), [drawing.row(random) for _ in range(ROWS)]
    model = models.read(xml)
    made = [running.evaluate(model, "d", row, AT).value for row in rows]
    for sought in drawing.ANSWERS:
        answers = asked(tables.decided(model, "d", sought, drawing.facts, AT), rows)
        expected = [sought in value if isinstance(value, list) else sought == value for value in made]
        assert [exact for exact, _ in answers] == expected, (xml.decode(), sought, rows)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(some.randoms(use_true_random=False))
def test_the_database_answers_what_the_closures_answer(random):
    check(random)
    check_number(random)
    check_table(random)


@pytest.mark.deep
def test_the_database_answers_what_the_closures_answer_two_thousand_times():
    assert sum(check(Random(seed)) for seed in range(2_500)) >= 2_000
    for seed in range(300):
        check_table(Random(seed))
    assert sum(check_number(Random(seed)) for seed in range(1_200)) >= 1_000
