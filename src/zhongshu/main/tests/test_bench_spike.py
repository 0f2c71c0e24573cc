"""When lifecycles arrive in the spike bench, and what counts as calm again."""

from random import Random

from zhongshu.main.bench.spike import arrivals
from zhongshu.main.bench.spike.arrivals import Answer

COURSE = arrivals.levels(80)


def test_the_levels_share_the_time_and_lifecycles_come_at_their_rates():
    assert [(level.rate, level.starts) for level in COURSE][:3] == [(1, 0), (15, 10), (1, 20)]
    long = arrivals.levels(8_000)
    coming = arrivals.arrivals(long, Random(1))
    assert coming == sorted(coming)
    for level in long:
        assert abs(sum(map(level.holds, coming)) - 1000 * level.rate) <= 5 * (1000 * level.rate) ** 0.5


def test_a_valley_lies_between_two_higher_levels():
    assert [(low.rate, low.starts) for low in arrivals.valleys(COURSE)] == [(1, 20), (2, 40)]


def _answers(slow: float) -> list[Answer]:
    """Ten requests a second answered in 10 ms each, but those at the end of the second valley."""
    late = arrivals.valleys(COURSE)[1].last_third
    return [Answer(n / 10, slow if late.holds(n / 10) else 0.01) for n in range(800)]


def test_it_has_recovered_when_every_valley_ends_about_as_calm_as_it_began():
    assert arrivals.recovered(_answers(slow=0.014), COURSE)
    assert not arrivals.recovered(_answers(slow=0.016), COURSE)


def test_what_was_slow_right_after_a_peak_is_forgiven():
    answers = [Answer(one.wanted, 1.0) if 20 <= one.wanted < 26 else one for one in _answers(slow=0.01)]
    assert arrivals.recovered(answers, COURSE)
