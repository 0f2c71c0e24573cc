"""Durations in buckets: quantiles stay near the true ones, however the counts were gathered."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.data.figures.rules import spreads
from zhongshu.data.figures.rules.steps import Worked, officer_key

AT = datetime(2026, 3, 3, 15, tzinfo=SHANGHAI)
CITY, BUREAU = 9901, -3
OFFICER = "0199a000-0000-7000-8000-000000000001"
few = settings(max_examples=50, deadline=None, derandomize=True)
seconds = st.floats(min_value=0, max_value=10 * 365 * 86_400)
some = st.lists(seconds, min_size=1, max_size=60)


def _near(found: float | None, true: float) -> bool:
    off = abs((found or 0) - true)
    return off <= spreads.SHORTEST / 2 if true <= spreads.SHORTEST else off <= spreads.ERROR * true * (1 + 1e-6)


@few
@given(some, some, st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_quantile_of_merged_counts_is_within_the_error_of_the_true_one(
    one: list[float], other: list[float], share: float
) -> None:
    merged = Counter(map(spreads.bucket, one)) + Counter(map(spreads.bucket, other))
    true = sorted(one + other)[ceil(share * len(one + other) - 1e-9) - 1]
    assert _near(spreads.quantile(merged, share), true)


@few
@given(seconds, seconds)
def test_what_lasts_longer_is_in_no_earlier_bucket(one: float, other: float) -> None:
    assert (spreads.bucket(one) <= spreads.bucket(other)) or one > other


@few
@given(st.integers(0, spreads.LAST))
def test_what_stands_for_a_bucket_lies_in_it(slot: int) -> None:
    assert spreads.bucket(spreads.duration(slot)) == slot


def test_nothing_has_no_quantile() -> None:
    assert spreads.quantile({}, 0.5) is None


def _stages(phase: list[str], task: str, paused: float = 0.0) -> dict[int, tuple[str, int]]:
    worked = Worked(task, AT - timedelta(hours=3), None, paused)
    found = spreads.stages({"phase": phase}, [CITY, BUREAU], AT, OFFICER, worked)
    return {slot.ancestor: (slot.measure, slot.total) for slot in found}


def test_a_stage_lasts_from_waiting_to_done_without_the_time_on_hold() -> None:
    found = _stages(["handling", "verifying"], "handling", paused=3600)
    assert found == dict.fromkeys((CITY, BUREAU, officer_key(OFFICER)), ("stage:handling", 2 * 3600))


def test_what_leaves_the_case_in_its_phase_counts_for_the_officer_alone() -> None:
    assert _stages(["handling", "handling"], "handling").keys() == {officer_key(OFFICER)}


def test_a_case_that_moves_takes_its_hour_along() -> None:
    opened = AT - timedelta(days=1, hours=6)
    found = spreads.hours("case.task_completed", {"joined": [-5], "left": [-6]}, [CITY, -5], AT, opened)
    assert {(slot.ancestor, slot.day, slot.slot, slot.n) for slot in found} == {
        (-5, opened.date(), 9, 1), (-6, opened.date(), 9, -1),
    }  # fmt: skip
