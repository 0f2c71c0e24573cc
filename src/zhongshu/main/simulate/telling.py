"""The figures as people read them: stage by stage, policy beside policy."""

from collections.abc import Iterator
from unicodedata import east_asian_width

from zhongshu.engine.dispatch.rules.simulation.results import Course, figures, share_within
from zhongshu.main.simulate.comparing import GOAL_MINUTES, Comparison

HEADING = "用时（分钟）：中位数 / 九成以内。  Minutes: median / nine in ten within."
POLICIES = {
    "batch": "统筹 batch",
    "nearest": "就近 nearest free",
    "nearest_waiting": "互就近 nearest both ways",
}
STAGES = {
    "accepting": "受理 accepted",
    "waiting": "待派 officer sent",
    "travelling": "途中 officer there",
    "handling": "处置 handled",
    "verifier_waiting": "核查待派 verifier sent",
    "verifier_travelling": "核查途中 verifier there",
    "verifying": "核查 verified, closed",
    "all": "发现至结案 discovery to close",
}
IN_BURSTS = "其中高峰 those in bursts"
WITHIN = f"{GOAL_MINUTES} 分钟内结案 closed within {GOAL_MINUTES} min"
FIRST, OTHER = 36, 26
"""Columns of a terminal."""


def lines(found: Comparison) -> Iterator[str]:
    """The table, line by line."""
    courses = {name: found.all(name) for name in found.days}
    yield HEADING
    yield _line("", (POLICIES[name] for name in courses))
    for stage, said in STAGES.items():
        yield _line(said, (_pair(those, stage) for those in courses.values()))
    yield _line(IN_BURSTS, (_pair(found.bursts(name), "all") for name in courses))
    yield _line(WITHIN, (f"{share_within(those, GOAL_MINUTES):.1%}" for those in courses.values()))


def _pair(courses: list[Course], stage: str) -> str:
    told = figures(courses, stage)
    return f"{told.median:.1f} / {told.p90:.1f}"


def _line(first: str, others: Iterator[str]) -> str:
    return _wide(first, FIRST) + "".join(_wide(other, OTHER) for other in others).rstrip()


def _wide(text: str, columns: int) -> str:
    """Filled up with blanks; a Chinese character takes two columns."""
    return text + " " * (columns - sum(2 if east_asian_width(one) in "WF" else 1 for one in text))
