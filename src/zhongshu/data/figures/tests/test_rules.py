"""What one entry adds to which counter."""

from datetime import date, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.data.figures.rules.cells import SIGNS, neutral
from zhongshu.data.figures.rules.steps import STOCK, Step, Worked, officer_key, officer_steps, steps

TODAY, EARLIER = date(2026, 3, 3), date(2026, 3, 2)
CITY, BUREAU, SQUAD, OTHER = 9901, -3, -31, -32
HANDLER, INSPECTOR = "0199a000-0000-7000-8000-000000000001", "0199a000-0000-7000-8000-000000000002"


def added(found: list[Step]) -> dict[tuple[str, date, int], int]:
    """What the steps come to, without what cancels out."""
    sums: dict[tuple[str, date, int], int] = {}
    for step in found:
        key = (step.measure, step.day, step.ancestor)
        sums[key] = sums.get(key, 0) + step.n
    return {key: n for key, n in sums.items() if n}


def test_an_opened_case_counts_once_under_everything_above_it() -> None:
    found = added(steps("case.opened", {"phase": [None, "accepting"]}, [CITY, BUREAU], TODAY))
    assert found == {
        ("opened", TODAY, CITY): 1, ("opened", TODAY, BUREAU): 1,
        ("phase:accepting", STOCK, CITY): 1, ("phase:accepting", STOCK, BUREAU): 1,
    }  # fmt: skip


def test_a_case_that_stays_where_it_is_moves_from_phase_to_phase() -> None:
    facts = {"phase": ["handling", "verifying"], "outcome": {"result": "done"}}
    found = added(steps("case.task_completed", facts, [CITY], TODAY))
    assert found == {
        ("phase:handling", STOCK, CITY): -1, ("phase:verifying", STOCK, CITY): 1, ("answered", TODAY, CITY): 1,
    }  # fmt: skip


def test_a_step_within_a_phase_adds_nothing() -> None:
    facts = {"phase": ["handling", "handling"], "outcome": {}}
    assert added(steps("case.task_completed", facts, [CITY, SQUAD], TODAY)) == {}


def test_a_case_given_to_another_body_takes_its_phase_and_its_day_along() -> None:
    facts = {"phase": ["dispatching", "handling"], "joined": [OTHER], "left": [SQUAD]}
    found = added(steps("case.task_completed", facts, [CITY, BUREAU, OTHER], TODAY, opened=EARLIER))
    assert found == {
        ("phase:dispatching", STOCK, CITY): -1, ("phase:handling", STOCK, CITY): 1,
        ("phase:dispatching", STOCK, BUREAU): -1, ("phase:handling", STOCK, BUREAU): 1,
        ("phase:dispatching", STOCK, SQUAD): -1, ("phase:handling", STOCK, OTHER): 1,
        ("opened", EARLIER, SQUAD): -1, ("opened", EARLIER, OTHER): 1,
    }  # fmt: skip


def test_what_goes_back_counts_for_the_body_that_sent_it_back() -> None:
    facts = {
        "phase": ["handling", "handling"],
        "outcome": {"result": "not_ours"},
        "joined": [OTHER],
        "left": [SQUAD],
    }
    found = added(steps("case.task_completed", facts, [CITY, OTHER], TODAY))
    assert found[("returned", TODAY, SQUAD)] == 1
    assert ("returned", TODAY, OTHER) not in found


def test_work_that_does_not_pass_is_redone() -> None:
    facts = {"phase": ["verifying", "handling"], "outcome": {"passed": False}}
    found = added(steps("case.task_completed", facts, [CITY], TODAY))
    assert (found[("redone", TODAY, CITY)], found[("judged", TODAY, CITY)]) == (1, 1)


def test_an_end_after_its_deadline_is_closed_and_late() -> None:
    facts = {"phase": ["closing", "closed"], "finished": True, "late": True}
    found = added(steps("case.task_completed", facts, [CITY], TODAY))
    assert (found[("closed", TODAY, CITY)], found[("late", TODAY, CITY)]) == (1, 1)
    in_time = added(steps("case.task_completed", facts | {"late": False}, [CITY], TODAY))
    assert ("late", TODAY, CITY) not in in_time


def test_an_entry_that_was_destroyed_adds_nothing() -> None:
    assert steps("case.task_completed", {}, [CITY], TODAY) == []


def test_a_case_is_counted_by_where_it_came_from_and_takes_that_along() -> None:
    opened = added(steps("case.opened", {"phase": [None, "accepting"]}, [CITY], TODAY, source="hotline"))
    assert opened[("from:hotline", TODAY, CITY)] == 1
    facts = {"phase": ["handling", "handling"], "joined": [OTHER], "left": [SQUAD]}
    moved = added(steps("case.task_completed", facts, [CITY, OTHER], TODAY, EARLIER, "hotline"))
    assert (moved[("from:hotline", EARLIER, OTHER)], moved[("from:hotline", EARLIER, SQUAD)]) == (1, -1)
    assert ("from:hotline", EARLIER, CITY) not in moved


def test_a_verdict_counts_for_who_handled_and_not_for_who_inspected() -> None:
    at = datetime(2026, 3, 3, 15, tzinfo=SHANGHAI)
    task = Worked("verifying", at - timedelta(hours=2), at - timedelta(hours=1), handler=HANDLER)
    found = added(officer_steps({"outcome": {"passed": False}}, at, INSPECTOR, task))
    assert found == {
        ("done", TODAY, officer_key(INSPECTOR)): 1, ("overran", TODAY, officer_key(INSPECTOR)): 1,
        ("judged", TODAY, officer_key(HANDLER)): 1, ("redone", TODAY, officer_key(HANDLER)): 1,
    }  # fmt: skip


@given(st.uuids())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_the_key_of_an_officer_is_no_body_and_fits_its_column(account: UUID) -> None:
    assert -(2**63) <= officer_key(account) <= -(2**62)


@given(st.text(alphabet=" \"\t\r\n=+-@＝’'abc1，\u3000", max_size=12))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_text_in_a_sheet_begins_like_a_formula_and_the_rest_is_left_alone(text: str) -> None:
    told = neutral(text)
    assert told in (text, f"'{text}")
    assert not told.lstrip(' "\u3000').startswith(tuple(SIGNS))
    assert neutral(told) == told
    assert neutral(f"公园{text}") == f"公园{text}"
