"""The figures of decisions: CPU of this process, all in turns, the median round counts."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.dmn import models, running
from zhongshu.main.bench import scratch
from zhongshu.main.bench.decisions import table

Question = Callable[[Mapping[str, Any]], Any]
SHORT, LONG = 5_000, 200
"""How often a condition and a table are asked in a round."""
CASE = {"amount": 1500, "category": "B", "source": "machine", "answers": {"danger": False, "depth": 30}, "rate": 0.85}
CONDITIONS = {
    "simple": "amount > 1000",
    "condition": 'amount > 1000 and category in ("A", "B")',
    "paths": 'source in ("patrol", "machine") and not(answers.danger) and answers.depth >= 10',
    "decimals": "rate * amount > 0.5 * 2000",
}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """`…_us`: microseconds an evaluation takes; `…_floor`: how many times what Python written by hand takes."""
    rows = table.rows(options.rows)
    model, data = models.read(table.model(rows)), table.last(rows)
    asked: dict[str, tuple[Question, Mapping[str, Any], int]] = {
        name: (feel.compile(text).evaluate, CASE, SHORT) for name, text in CONDITIONS.items()
    }
    asked["by_hand"] = _by_hand, CASE, SHORT
    asked["table"] = (lambda given: running.evaluate(model, "answer", given).value), data, LONG
    asked["scan"] = (lambda given: table.by_hand(rows, given)), data, LONG
    _check(asked, rows)
    found = _rounds(asked, options.rounds)
    figures = {f"{name}_us": round(us, 3) for name, us in found.items()}
    figures["condition_floor"] = round(found["condition"] / found["by_hand"], 1)
    figures["table_floor"] = round(found["table"] / found["scan"], 1)
    print(", ".join(f"{name} {value}" for name, value in figures.items()), file=sys.stderr, flush=True)
    return figures


def _by_hand(data: Mapping[str, Any]) -> bool:
    """The condition as a programmer writes it, with a missing value no error."""
    amount, category = data.get("amount"), data.get("category")
    return amount is not None and amount > 1000 and category in ("A", "B")


def _check(asked: Mapping[str, tuple[Question, Mapping[str, Any], int]], rows: list[table.Row]) -> None:
    """Nothing is measured that answers wrongly."""
    answers = {name: ask(data) for name, (ask, data, _) in asked.items()}
    wanted = {name: rows[-1][-1] if name in ("table", "scan") else True for name in asked}
    if answers != wanted:
        raise RuntimeError(f"wrong answers: {answers}")


def _rounds(asked: Mapping[str, tuple[Question, Mapping[str, Any], int]], rounds: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for done in range(rounds):
        for name, (ask, data, times) in asked.items():
            spent[name].append(_each(ask, data, times))
        scratch.progress(done + 1, rounds)
    return {name: median(each) for name, each in spent.items()}


def _each(ask: Question, data: Mapping[str, Any], times: int) -> float:
    began = time.process_time_ns()
    for _ in range(times):
        ask(data)
    return (time.process_time_ns() - began) / times / 1_000
