"""Several cases at once: who goes where."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.dispatch.rules import batch as batches
from zhongshu.engine.dispatch.rules import officers
from zhongshu.engine.dispatch.rules.batch import NOBODY, assign_batch

LAW = settings(max_examples=50, deadline=None, derandomize=True)


def test_two_cases_are_given_so_that_both_together_are_reached_soonest():
    costs = {("a", "甲"): 100, ("a", "乙"): 200, ("b", "甲"): 150, ("b", "乙"): 900}
    batch = assign_batch(["a", "b"], {"甲": 1, "乙": 1}, costs)
    assert batch.assigned == {"a": "乙", "b": "甲"} and batch.cost_seconds == 350


def test_one_officer_takes_several_only_while_it_is_worth_it():
    costs = {(case, who): seconds for case in "ab" for who, seconds in (("甲", 100), ("乙", 800))}
    assert set(assign_batch(["a", "b"], {"甲": 2, "乙": 1}, costs).assigned.values()) == {"甲"}
    costs |= {(case, "乙"): 600 for case in "ab"}
    assert set(assign_batch(["a", "b"], {"甲": 2, "乙": 1}, costs).assigned.values()) == {"甲", "乙"}


def test_cases_nobody_can_take_wait():
    batch = assign_batch(["a", "b", "c"], {"甲": 1}, {("a", "甲"): 5, ("b", "甲"): 4})
    assert batch.assigned == {"b": "甲"} and batch.waiting == ("a", "c")
    assert assign_batch([], {"甲": 1}, {}).waiting == ()
    assert assign_batch(["a"], {"甲": 0}, {("a", "甲"): 1}).waiting == ("a",)


def greedy(cases, free, costs, each_more):
    """Case by case the cheapest officer: how many were given, at what cost."""
    taken, total, given_out = dict.fromkeys(free, 0), 0.0, 0
    for case in cases:
        open_to = [
            (costs[case, who] + taken[who] * each_more, who)
            for who in free
            if (case, who) in costs and taken[who] < free[who]
        ]
        if open_to:
            cost, who = min(open_to)
            taken[who], total, given_out = taken[who] + 1, total + cost, given_out + 1
    return given_out, total


@LAW
@given(st.data(), st.integers(1, 6), st.integers(1, 4))
def test_a_batch_serves_no_fewer_than_case_by_case_and_as_many_never_dearer(data, n_cases, n_officers):
    cases = [f"案{n}" for n in range(n_cases)]
    free = {f"员{n}": data.draw(st.integers(0, 3)) for n in range(n_officers)}
    costs = {
        pair: seconds
        for pair in product(cases, free)
        if (seconds := data.draw(st.one_of(st.none(), st.integers(0, 5000)))) is not None
    }
    batch = assign_batch(cases, free, costs)
    served, total = greedy(cases, free, costs, officers.LOAD_SECONDS)
    assert len(batch.assigned) >= served
    if len(batch.assigned) == served:
        assert batch.cost_seconds <= total + 1e-6
    assert all((case, who) in costs for case, who in batch.assigned.items())
    assert all(list(batch.assigned.values()).count(who) <= n for who, n in free.items())
    assert {*batch.assigned, *batch.waiting} == set(cases)


def test_who_is_on_the_way_is_sent_elsewhere_only_where_that_saves_a_minute():
    def second(saved):
        costs = {("a", "甲"): 300, ("a", "乙"): 300 - saved}
        return assign_batch(["a"], {"甲": 1, "乙": 1}, costs, going={"a": "甲"}).assigned["a"]

    assert (second(59), second(61)) == ("甲", "乙")


def test_who_left_the_shift_on_the_way_is_replaced():
    batch = assign_batch(["a"], {"乙": 1}, {("a", "乙"): 900}, going={"a": "甲"})
    assert batch.assigned == {"a": "乙"}


def test_of_two_cases_and_one_officer_the_nearer_goes_first_until_the_other_has_waited_enough():
    def first(waited):
        batch = assign_batch(["近", "远"], {"甲": 1}, {("近", "甲"): 100, ("远", "甲"): 400}, waited={"远": waited})
        return next(iter(batch.assigned))

    assert (first(0), first(1490), first(1510)) == ("近", "近", "远")


@LAW
@given(
    st.lists(st.lists(st.one_of(st.just(np.inf), st.integers(0, 5000)), min_size=3, max_size=3), min_size=1, max_size=5)
)
def test_the_plan_over_an_array_is_the_batch_of_one_case_each(rows):
    costs = {(f"案{c}", f"员{o}"): cost for c, row in enumerate(rows) for o, cost in enumerate(row) if cost < np.inf}
    cases = [f"案{c}" for c in range(len(rows))]
    named = assign_batch(cases, {f"员{o}": 1 for o in range(3)}, costs)
    plan = batches.planned(np.array(rows, dtype=float), [NOBODY] * len(rows), [0.0] * len(rows), [1] * 3)
    assert {cases[c]: f"员{o}" for c, o in enumerate(plan) if o != NOBODY} == named.assigned
