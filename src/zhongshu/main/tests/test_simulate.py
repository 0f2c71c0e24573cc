"""`./run simulate` in the terminal."""

import argparse
import json

import pytest

from zhongshu.main.cli import simulate


def parsed(*arguments):
    parser = argparse.ArgumentParser()
    simulate.arguments(parser)
    return parser.parse_args(arguments)


def test_the_command_ends_with_the_figures_in_one_line(capsys):
    assert simulate.run(parsed("--hours", "0.5", "--seeds", "3,5")) == 0
    *table, last = capsys.readouterr().out.splitlines()
    told = json.loads(last)
    assert told["seeds"] == [3, 5] and told["never_closed"] == 0 and told["batch_gain_in_bursts_by_seed"] == []
    assert 5 < told["median_minutes"] <= told["p90_minutes"] and 0 < told["share_20_minutes"] <= 1
    assert any(f"{told['median_minutes']:.1f} / " in line for line in table if line.startswith("发现至结案"))


@pytest.mark.parametrize(("text", "seeds"), [("0-3", (0, 1, 2, 3)), ("7", (7,)), ("1,4-5", (1, 4, 5))])
def test_seeds_are_named_one_by_one_or_from_to(text, seeds):
    assert parsed("--seeds", text).seeds == seeds


@pytest.mark.parametrize("wrong", [["--seeds", "x"], ["--seeds", "5-1"], ["--hours", "0"], ["--officers", "1"]])
def test_what_cannot_be_simulated_is_refused(wrong, capsys):
    with pytest.raises(SystemExit):
        parsed(*wrong)
    assert wrong[0] in capsys.readouterr().err
