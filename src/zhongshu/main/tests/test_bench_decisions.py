"""The decisions bench: small numbers, right answers."""

import argparse

from zhongshu.engine.decisions.rules.dmn import models, running
from zhongshu.main import bench
from zhongshu.main.bench.decisions import table


def test_the_bench_says_what_a_condition_and_a_table_cost(capsys):
    found = bench.known()["decisions"].run("", argparse.Namespace(rounds=1, rows=20))
    assert found.keys() >= {"condition_us", "table_us", "condition_floor", "table_floor"}
    assert all(value > 0 for value in found.values())
    assert "1/1" in capsys.readouterr().err


def test_the_table_of_the_bench_is_met_by_its_last_row_alone():
    rows = table.rows(200)
    model = models.read(table.model(rows))
    assert model.problems == []
    assert running.evaluate(model, "answer", table.last(rows)).value == table.by_hand(rows, table.last(rows)) == "R199"
    assert running.evaluate(model, "answer", table.last(rows) | {"urgent": False}).value is None
