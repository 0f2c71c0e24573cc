"""What may not leave the house is left out of a month's report."""

from zhongshu.channels.desk.figures.presenters import hiding
from zhongshu.data.figures.queries import Lasting, Value
from zhongshu.data.figures.queries.reports import Grown, Key, Report
from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.data.figures.rules.months import Month
from zhongshu.data.figures.rules.standings import Standing, Standings


def test_a_month_as_a_file_leaves_out_what_counts_fewer_than_five() -> None:
    opened, on_time = MEASURES["opened"], MEASURES["on_time"]
    parts = (Standing(-2, 0.95, 38, 40, 1), Standing(-3, 0.9, 45, 50, 2), Standing(-4, None, 3, 3, None))
    keys = (
        Key(opened, Value(93, 93), Value(4, 4), Value(0, 0)),
        Key(on_time, Value(91 / 93, 93), Value(0.9, 50), Value(None, 3)),
    )
    stages = {"handling": (Lasting(3, 1.0, 1.0, 1.0), None), "verifying": (Lasting(50, 1.0, 1.0, 1.0), None)}
    grown = (Grown("1101", 12, 4), Grown("1102", 12, 6))
    standings = Standings(Standing(-1, 0.9, 86, 93, None), parts)
    told = hiding.report(Report(-1, Month(2026, 10, 31), keys, standings, None, stages, grown, ()))
    assert [part.ancestor for part in told.bodies.parts] == [-3]  # the small one, and the next that would give it away
    assert [key.before for key in told.keys] == [Value(None, 0), Value(0.9, 50)]
    assert told.keys[0].now == Value(93, 93) and told.keys[1].now == Value(None, 0)  # two late ones, by the share
    assert list(told.stages) == ["verifying"] and [one.category for one in told.grown] == ["1102"]
