"""A trial tells the truth: whatever happens to a case, paper and engine say the same after it."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from zhongshu.engine.studio.tests.both import Both, asked, reported, some_time

CODES = ("city-event", "manhole-cover", "noise", "street-vending", "asking")
SOURCES = ("hotline", "patrol", "public")
STEPS = 14
WHILE_RUNNING = {"complete": 8, "push": 4, "reopen": 0.5, "withdraw": 0.2, "drop": 0.3}
WHILE_STOPPED = {"resume": 4, "supply": 4, "push": 2, "reopen": 0.2}


def told_twice(both: Both) -> list[str]:
    """A random history; the names of what was done and not refused."""
    both.agree("the beginning")
    return list(filter(None, [_something(both) for _ in range(STEPS)]))


def a_case(city: Any, code: str, seed: int) -> Both:
    """A case of a shipped scenario, or of one in which bodies are asked."""
    dice = random.Random(f"{code} {seed}")
    if code == "asking":
        return asked(city, city.now.date() + timedelta(days=dice.randint(1, 20)), dice)
    return reported(city, code, dice.choice(SOURCES), dice.choice(["1101", "0214", "1601"]), dice)


def _something(both: Both) -> str:
    """One thing that may happen, done to both; its name, empty where both refuse it."""
    both.catch_up()
    held, dice = both.trial.held, both.dice
    ways: dict[str, Callable[[], Any]] = {"push": lambda: both.push(both.at + some_time(dice)), "reopen": both.reopen}
    if not held.closed:
        task = dice.choice(held.tasks)
        ways |= {
            "complete": lambda: both.complete(task), "send_back": lambda: both.send_back(task),
            "suspend": both.suspend, "resume": both.resume, "extend": lambda: both.extend(task),
        }  # fmt: skip
        if both.code:
            ways |= {
                "ask": lambda: both.ask(task),
                "supply": both.supply,
                "withdraw": both.withdraw,
                "drop": both.drop,
                "deem": both.deem,
            }
    likely = WHILE_STOPPED if held.stopped else WHILE_RUNNING
    name = dice.choices(list(ways), [likely.get(name, 1.0) for name in ways])[0]
    return "" if ways[name]() else name


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("code", CODES)
def test_paper_and_engine_agree_after_every_step(city: Any, code: str, seed: int) -> None:
    assert len(told_twice(a_case(city, code, seed))) > STEPS // 3


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 40))
@pytest.mark.parametrize("code", CODES)
def test_paper_and_engine_agree_in_many_histories(city: Any, code: str, seed: int) -> None:
    told_twice(a_case(city, code, seed))
