"""The given world, compared and told."""

from zhongshu.engine.dispatch.rules.simulation.results import Course
from zhongshu.main.simulate import comparing, given, telling
from zhongshu.main.simulate.comparing import Comparison


def course(minutes, in_burst=False):
    return Course(0, in_burst, 0.0, *[30.0] * 6, closed=minutes * 60.0)


def test_the_given_world_is_a_city_whose_every_corner_can_be_reached_within_two_hours():
    world = given.world(90)
    assert len(world.roster) == 90 and len(world.streets) > 2000
    assert 3600 < world.streets.seconds.max() < 7200 and given.world().streets is world.streets


def test_the_gain_is_told_over_all_days_and_day_by_day():
    ours = ((course(10), course(20, in_burst=True)), (course(10, in_burst=True),))
    theirs = ((course(10), course(40, in_burst=True)), (course(40, in_burst=True),))
    told = comparing.report(Comparison((1, 2), {"batch": ours, "nearest": theirs}))
    assert told["batch_gain_in_bursts_by_seed"] == [0.5, 0.75] and told["batch_gain_in_bursts"] == 0.625
    assert (told["median_minutes"], told["median_minutes_nearest"]) == (10, 40)
    assert (told["burst_median_minutes"], told["share_20_minutes"], told["events"]) == (15, 1, 3)


def test_the_table_has_a_line_a_stage_and_a_column_a_policy():
    day = ((course(10), course(20)),)
    lines = list(telling.lines(Comparison((1,), {"batch": day, "nearest": day})))
    assert len(lines) == len(telling.STAGES) + 4
    assert lines[-3].startswith("发现至结案 discovery to close") and lines[-3].count("15.0 / 19.0") == 2
