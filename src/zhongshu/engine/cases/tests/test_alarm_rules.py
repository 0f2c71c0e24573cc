"""When a deadline speaks up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules import settings as pages

OPENED = datetime(2026, 3, 2, 1, tzinfo=UTC)
DUE = OPENED + timedelta(hours=10)
SCENARIOS = Path(__file__).parents[5] / "scenarios"
LAW = settings(max_examples=50, deadline=None, derandomize=True)


def after(hours: float) -> datetime:
    return OPENED + timedelta(hours=hours)


def test_warned_at_four_fifths_late_at_the_deadline_then_half_a_term_each() -> None:
    assert [alarms.moment(OPENED, DUE, level, 4) for level in range(5)] == [
        after(8),
        after(10),
        after(15),
        after(20),
        None,
    ]
    assert [alarms.kind(level) for level in range(4)] == ["warned", "late", "escalated", "escalated"]


def test_a_short_term_climbs_no_faster_than_every_half_hour() -> None:
    due = OPENED + timedelta(minutes=10)
    assert alarms.moment(OPENED, due, 2, 5) == due + timedelta(minutes=30)


def test_without_a_deadline_there_is_no_alarm() -> None:
    assert alarms.first(OPENED, None) is None and alarms.urgency(OPENED, None, OPENED) == ""


def test_a_deadline_is_soon_from_the_warning_on_and_late_once_missed() -> None:
    assert [alarms.urgency(OPENED, DUE, after(h)) for h in (7.9, 8, 9.9, 10)] == ["", "soon", "soon", "late"]


def test_of_several_missed_alarms_the_last_is_raised() -> None:
    assert alarms.reached(OPENED, DUE, 0, 4, after(8)) == 0
    assert alarms.reached(OPENED, DUE, 0, 4, after(16)) == 2
    assert alarms.reached(OPENED, DUE, 1, 4, after(500)) == 3


@LAW
@given(st.integers(1, 50_000), st.integers(2, 9))
def test_alarms_come_one_after_another(minutes: int, levels: int) -> None:
    due = OPENED + timedelta(minutes=minutes)
    moments = [alarms.moment(OPENED, due, level, levels) for level in range(levels)]
    assert moments == sorted(moments) and len(set(moments)) == levels and moments[1] == due


def test_a_scenario_may_say_otherwise() -> None:
    given = alarms.Alarms(near=0.5, step=1)
    assert [alarms.moment(OPENED, DUE, level, 4, given) for level in range(3)] == [after(5), after(10), after(20)]
    assert alarms.urgency(OPENED, DUE, after(6), given) == "soon" and alarms.urgency(OPENED, DUE, after(6)) == ""
    assert alarms.reached(OPENED, DUE, 0, 4, after(19), given) == 1


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("near = 1.0", "near"), ("step = 0.0", "step"), ('late = ["holder", "mayor"]', "mayor"),
        ('escalated = ["holder"]', "holder"), ("warned = []", "warned"), ("nearer = 0.5", "nearer"),
    ],
)  # fmt: skip
def test_alarms_that_make_no_sense_are_refused_with_what_is_wrong(page: str, wrong: str) -> None:
    shipped = (SCENARIOS / "city-event" / "scenario.toml").read_text()
    assert pages.read(f"{shipped}\n[alarms]\nnear = 0.7\n").alarms == alarms.Alarms(near=0.7)
    with pytest.raises(Invalid) as refused:
        pages.read(f"{shipped}\n[alarms]\n{page}\n")
    assert wrong in str(refused.value)
