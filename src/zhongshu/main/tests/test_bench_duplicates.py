"""The reports that measure how duplicates are told."""

import argparse

import pytest

from zhongshu.engine.cases.rules import duplicates
from zhongshu.main import bench
from zhongshu.main.bench.duplicates import measuring, pairs
from zhongshu.main.bench.duplicates.pairs import Pair, Report

LONGEST = 500
HALVES = {half: pairs.drawn(half) for half in pairs.HALVES}
PAIRS = [pair for half in HALVES.values() for pair in half]


def pair(text: str, said: str, same: bool) -> Pair:
    return Pair(Report((121.0, 29.9), text), Report((121.0, 29.9), said), same)


ALIKE = pair("路口的垃圾堆了好几天，很臭", "垃圾在路口堆着没人清，很臭", True)
UNLIKE = pair("人行道地砖松动，老人绊倒了", "树枝挡住了红绿灯，司机看不见", False)


def test_there_are_two_hundred_pairs_half_of_them_the_same() -> None:
    assert len(PAIRS) == 200 and len(set(PAIRS)) == 200
    assert [sum(one.same for one in half) for half in HALVES.values()] == [50, 50]


def test_a_pair_lies_within_reach_and_one_of_the_two_says_something() -> None:
    assert all(one.likeness.metres <= duplicates.REACH for one in PAIRS)
    assert all(one.one.text or one.other.text for one in PAIRS)
    assert all(len(said.text) <= LONGEST for one in PAIRS for said in (one.one, one.other))


def test_nearness_alone_does_not_give_the_answer_away() -> None:
    every = [one for half in pairs.HALVES for one in pairs.every(half)]
    same, other = ([one.likeness.metres for one in every if one.same is same] for same in (True, False))
    assert max(same) > 40 and min(other) < 5


def test_no_words_that_say_something_stand_in_both_halves() -> None:
    choosing, held_out = ({s.text for one in half for s in (one.one, one.other)} for half in HALVES.values())
    assert not {text for text in choosing & held_out if len(text) > 4}


def test_precision_and_recall_count_what_was_called_the_same() -> None:
    missed, wrong = Pair(*_parts(UNLIKE), True), Pair(*_parts(ALIKE), False)
    assert measuring.of([ALIKE, UNLIKE]) == measuring.Figures(1.0, 1.0)
    assert measuring.of([ALIKE, missed, wrong, UNLIKE]) == measuring.Figures(0.5, 0.5)
    assert measuring.of([ALIKE, wrong, UNLIKE, UNLIKE, UNLIKE]) == measuring.Figures(0.8, 1.0)  # true and false alike
    assert measuring.of([missed]) == measuring.Figures(1.0, 0.0)
    assert measuring.mistakes([ALIKE, missed, UNLIKE, wrong]) == [wrong, missed]


def _parts(one: Pair) -> tuple[Report, Report]:
    return one.one, one.other


@pytest.mark.parametrize("half", pairs.HALVES)
def test_the_same_pairs_are_drawn_each_time(half: str) -> None:
    assert pairs.drawn(half) == HALVES[half]


def test_the_bench_leads_few_astray_and_shows_its_worst_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    found = bench.known()["duplicates"].run("", argparse.Namespace(verbose=True))
    assert list(found) == ["pairs", "precision", "recall", "held_out_precision", "held_out_recall"]
    assert found["pairs"] == 200 and found["precision"] >= 0.9 and found["recall"] >= 0.4
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in said[1:6]] == ["choosing", "held_out", "every", "every", "both"]
    assert len(said) == 6 + measuring.MOST_SHOWN
