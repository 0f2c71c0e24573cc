"""Questions about figures; every number is answered for one ancestor body, place or officer."""

from zhongshu.data.figures.queries.counters import counted_until, flow, standing
from zhongshu.data.figures.queries.ranking import standings
from zhongshu.data.figures.queries.spreads import Lasting, Usual, flow_by_hour, stage_times, usual_by_hour
from zhongshu.data.figures.queries.tables import Line, Value, lines, whole

__all__ = [
    "Lasting", "Line", "Usual", "Value", "counted_until", "flow", "flow_by_hour", "lines", "stage_times", "standing",
    "standings", "usual_by_hour", "whole",
]  # fmt: skip
