"""What one entry adds to which counter."""

from datetime import date

from zhongshu.data.figures.rules import STOCK, Step, steps

TODAY, EARLIER = date(2026, 3, 3), date(2026, 3, 2)
CITY, BUREAU, SQUAD, OTHER = 9901, -3, -31, -32


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
    assert found == {("phase:handling", STOCK, CITY): -1, ("phase:verifying", STOCK, CITY): 1}


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
    assert added(steps("case.task_completed", facts, [CITY], TODAY))[("redone", TODAY, CITY)] == 1


def test_an_end_after_its_deadline_is_closed_and_late() -> None:
    facts = {"phase": ["closing", "closed"], "finished": True, "late": True}
    found = added(steps("case.task_completed", facts, [CITY], TODAY))
    assert (found[("closed", TODAY, CITY)], found[("late", TODAY, CITY)]) == (1, 1)
    in_time = added(steps("case.task_completed", facts | {"late": False}, [CITY], TODAY))
    assert ("late", TODAY, CITY) not in in_time


def test_an_entry_that_was_destroyed_adds_nothing() -> None:
    assert steps("case.task_completed", {}, [CITY], TODAY) == []
