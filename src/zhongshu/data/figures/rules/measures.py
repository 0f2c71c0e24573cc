"""The closed list of what can be asked, as data: each measure says what it counts and from which counters. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["cases", "times", "share", "seconds"]
Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `counts` are the counters it adds up (with their signs), `of` those it is a share of.

    A share of fewer than `minimum` says nothing: it is not shown and not ranked. `lasting` names the quantile of a
    stage's time instead. `groups` are the ways it can be broken down, `said` one sentence of method; `own` ones are
    kept for officers alone, `behind` says which cases are shown behind the number.
    """

    code: str
    name: str
    name_en: str
    said: str
    said_en: str
    unit: Unit
    counts: Mapping[str, int]
    groups: frozenset[str]
    of: tuple[str, ...] = ()
    minimum: int = 1
    better: Better = ""
    lasting: Literal["mean", "median", "p90", ""] = ""
    own: bool = False
    behind: str = ""

    @property
    def of_officers(self) -> bool:
        """Whether it is kept for each officer too."""
        return "officer" in self.groups

    @property
    def counters(self) -> frozenset[str]:
        """The counters it is made of."""
        return frozenset((*self.counts, *self.of))

    def value(self, counted: Mapping[str, int]) -> float | None:
        """The figure made of its counters; None for a share of too few. Not for times, which come from spreads."""
        top = sum(sign * counted.get(name, 0) for name, sign in self.counts.items())
        if not self.of:
            return top
        base = self.base(counted)
        return top / base if base >= self.minimum else None

    def base(self, counted: Mapping[str, int]) -> int:
        """What a share is a share of; for a count, the count itself."""
        names: Mapping[str, int] = dict.fromkeys(self.of, 1) if self.of else self.counts
        return sum(sign * counted.get(name, 0) for name, sign in names.items())


_DAYS = frozenset({"total", "day", "week", "month", "weekday"})
_PLACES = _DAYS | {"place", "body", "category"}
_FLOW = _PLACES | {"hour"}
_WORK = _PLACES | {"officer"}
_OWN = _DAYS | {"category", "officer"}
_TIMES = frozenset({"total", "stage", "place", "body", "officer", "day", "week", "month", "category"})

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            "opened", "新增", "Opened", "当日受理来源登记的办件；换了责任单位的，随办件转到新单位。",
            "Cases opened on the day; a case that changes body is counted under its new one.",
            "cases", {"opened": 1}, _FLOW | {"source"}, behind="opened",
        ),
        Measure(
            "closed", "办结", "Closed", "当日办结的办件，合并到别件的不算。",
            "Cases closed on the day; those merged into another are not counted.",
            "cases", {"closed": 1}, _FLOW, behind="closed",
        ),
        Measure(
            "late", "超时办结", "Closed late", "当日办结、且晚于办件期限的办件。",
            "Cases closed on the day after their deadline.",
            "cases", {"late": 1}, _PLACES, better="lower", behind="late",
        ),
        Measure(
            "on_time", "按期办结率", "Closed on time", "按期办结的办件占全部办结的比例；办结不足 20 件的不作比较。",
            "Share of closed cases that met their deadline; with fewer than 20 closed nothing is said.",
            "share", {"closed": 1, "late": -1}, _PLACES, ("closed",), 20, "higher", behind="late",
        ),
        Measure(
            "returned", "退回", "Sent back", "处置单位答复“不属本单位职责”的次数，记在退回的一方。",
            "Answers of “not ours”, counted for those who sent the case back.",
            "times", {"returned": 1}, _WORK, better="lower",
        ),
        Measure(
            "return_rate", "退回率", "Sent back, share", "退回次数占处置答复次数的比例；答复不足 20 次的不作比较。",
            "Share of handlers' answers that sent the case back; with fewer than 20 answers nothing is said.",
            "share", {"returned": 1}, _WORK, ("answered",), 20, "lower",
        ),
        Measure(
            "redone", "返工", "Redone", "核查不通过的次数，记在处置的一方。",
            "Inspections not passed, counted for those who had handled the case.",
            "times", {"redone": 1}, _WORK, better="lower",
        ),
        Measure(
            "redo_rate", "返工率", "Redone, share", "核查不通过占全部核查的比例；核查不足 20 次的不作比较。",
            "Share of inspections not passed; with fewer than 20 inspections nothing is said.",
            "share", {"redone": 1}, _WORK, ("judged",), 20, "lower",
        ),
        Measure(
            "done", "完成环节", "Tasks done", "本人完成的环节数。",
            "Tasks the officer completed.",
            "times", {"done": 1}, _OWN, own=True,
        ),
        Measure(
            "task_on_time", "环节按期率", "Tasks on time", "本人在环节期限内完成的比例；完成不足 20 个的不作比较。",
            "Share of the officer's tasks done before they were due; with fewer than 20 nothing is said.",
            "share", {"done": 1, "overran": -1}, _OWN, ("done",), 20, "higher", own=True,
        ),
        Measure(
            "stage_median", "环节用时（中位数）", "Stage time, median",
            "离开这个阶段的办件，从环节等待办理到完成所用的时间，一半不超过此数；挂起的时间不算，误差不超过一成。",
            "Half of the cases that left the stage took no longer, from waiting to done, time on hold left out; "
            "within a tenth.",
            "seconds", {}, _TIMES, minimum=5, better="lower", lasting="median",
        ),
        Measure(
            "stage_p90", "环节用时（九成）", "Stage time, nine in ten",
            "离开这个阶段的办件，从环节等待办理到完成所用的时间，九成不超过此数；挂起的时间不算，误差不超过一成。",
            "Nine in ten of the cases that left the stage took no longer, from waiting to done, time on hold left out; "
            "within a tenth.",
            "seconds", {}, _TIMES, minimum=5, better="lower", lasting="p90",
        ),
        Measure(
            "stage_mean", "环节用时（平均）", "Stage time, mean",
            "离开这个阶段的办件，从环节等待办理到完成所用时间的平均数；挂起的时间不算。",
            "Mean time of the cases that left the stage, from waiting to done, time on hold left out.",
            "seconds", {}, _TIMES, minimum=5, better="lower", lasting="mean",
        ),
    )
}  # fmt: skip
"""Every measure by its code."""
