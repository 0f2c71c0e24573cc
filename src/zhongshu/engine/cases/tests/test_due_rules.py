"""Deadlines that an answer sets, worked out on paper."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import dues
from zhongshu.engine.cases.tests.drawn import USUAL, compiled
from zhongshu.engine.processes.tests.drawing import END, START, path, task

OPENED = datetime(2026, 1, 30, 9, 30, tzinfo=SHANGHAI)
PLAIN = (START, task("look"), END, path("start", "look", "end"))


def due(text: str, **answers: Any) -> datetime | None:
    return dues.moment(dues.read(text).evaluate({"answers": answers}), OPENED)


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("= answers.by", "2026-02-06", datetime(2026, 2, 6, 23, 59, 59, tzinfo=SHANGHAI)),
        ("= date(answers.by)", "2026-02-06", datetime(2026, 2, 6, 23, 59, 59, tzinfo=SHANGHAI)),
        ("= date and time(date(answers.by), time(18, 0, 0))", "2026-02-06", datetime(2026, 2, 6, 18, tzinfo=SHANGHAI)),
        ("= answers.by", "2026-02-06T10:00:00Z", datetime(2026, 2, 6, 18, tzinfo=SHANGHAI)),
        ("= duration(answers.by)", "P2DT1H", OPENED + timedelta(days=2, hours=1)),
        ("= duration(answers.by)", "P1M", datetime(2026, 2, 28, 9, 30, tzinfo=SHANGHAI)),
    ],
)
def test_a_day_a_moment_and_a_duration_are_deadlines(text: str, answer: str, found: datetime) -> None:
    assert due(text, by=answer) == found


@pytest.mark.parametrize("answer", [None, "soon", 5, True, "9999-12-31", "P400Y", "-P1M", ["2026-02-06"], "18:00:00"])
def test_what_is_no_time_is_no_deadline(answer: Any) -> None:
    assert due("= answers.by", by=answer) is None


@settings(max_examples=50, deadline=None, derandomize=True)
@given(some.integers(0, 600))
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(months: int) -> None:
    start = datetime(2026, 1, 31, 9, 30, tzinfo=SHANGHAI)
    found = dues.moment(dues.Months(months), start)
    assert found is not None and (found.year - 2026) * 12 + found.month - 1 == months
    assert found.day == 31 or (found + timedelta(days=1)).day == 1


def test_only_what_is_over_is_said_and_only_beside_its_own_form() -> None:
    by, other = dues.read("= answers.by"), dues.read("= date(look.until)")
    reckoned = [(by, OPENED - timedelta(1)), (other, OPENED - timedelta(1)), (dues.read("= answers.far"), None)]
    assert list(dues.past(reckoned, "answers", OPENED)) == ["by"]
    assert list(dues.past(reckoned, "look", OPENED.astimezone(UTC))) == ["until"]
    assert dues.past([(by, OPENED + timedelta(1))], "answers", OPENED) == {}


def test_a_deadline_that_is_no_expression_is_refused_with_its_text() -> None:
    with pytest.raises(Invalid, match=r"answers\.by"):
        compiled(*PLAIN, tasks={"look": 'role = "supervisor"\ndeadline = "= answers.by +"'})


def test_a_deadline_over_a_name_that_is_not_there_is_told_to_the_author() -> None:
    made = compiled(*PLAIN, tasks={"look": 'role = "supervisor"\ndeadline = "= anwsers.by"'})
    assert [(one.element_id, one.gaps["name"]) for one in made.warnings] == [("look", "anwsers")]


def test_a_term_and_an_answer_are_told_apart() -> None:
    look = compiled(*PLAIN, tasks={"look": 'role = "supervisor"\ndeadline = "= answers.by"'}).settings
    usual = compiled(*PLAIN, tasks={"look": USUAL}).settings
    assert look.term("look", "") is None and look.by_answer("look", "") is not None
    assert str(usual.term("look", "")) == "1 working_days" and usual.by_answer("look", "") is None


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("by = []", "谁可以发起"),
        ('by = ["official"]\nroles = ["king"]', "king"),
        ('by = ["applicant"]\nroles = ["supervisor"]', "official"),
        ('by = ["nobody"]', "nobody"),
        ('by = ["official"]\ntitle = "name"', "name"),
        ('by = ["official"]\nplace = "where"', "where"),
    ],
)
def test_a_start_that_nobody_could_use_is_refused(start: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        compiled(*PLAIN, tasks={"look": USUAL}, more=f"[start]\n{start}\n")
