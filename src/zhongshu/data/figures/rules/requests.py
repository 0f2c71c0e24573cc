"""What somebody asks of the figures, held against the closed lists: anything else is refused. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhongshu.base.http.refusals import Invalid
from zhongshu.data.figures.rules.groups import GROUPS
from zhongshu.data.figures.rules.measures import MEASURES, Measure

MOST_MEASURES = 6
MOST_DAYS = 800
Kind = Literal["place", "body", "officer"]


@dataclass(frozen=True, slots=True)
class Whole:
    """Of what: a place, a body or an officer, and the ancestor its numbers are kept under."""

    kind: Kind
    ancestor: int


@dataclass(frozen=True, slots=True)
class Request:
    """A question that can be answered: made by `asked` alone."""

    measures: tuple[Measure, ...]
    group: str
    whole: Whole
    first: date
    last: date
    category: str = ""
    stage: str = ""

    @property
    def lasting(self) -> tuple[Measure, ...]:
        """The measures of time among those asked for."""
        return tuple(measure for measure in self.measures if measure.lasting)


def asked(
    codes: Sequence[str], group: str, whole: Whole, first: date, last: date, category: str = "", stage: str = ""
) -> Request:
    """The request, or Invalid with the field at fault.

    Gaps named `measure` and `group` carry codes, for the page to name in its language.
    """
    if unknown := [code for code in codes if code not in MEASURES]:
        raise Invalid("没有“{measure}”这个指标，请从清单中选择。", field="measure", measure=unknown[0])
    measures = tuple(MEASURES[code] for code in dict.fromkeys(codes))
    if not 1 <= len(measures) <= MOST_MEASURES:
        raise Invalid("请选择 1 至 {most} 个指标。", field="measure", most=MOST_MEASURES)
    if group not in GROUPS:
        raise Invalid("没有“{group}”这种分组，请从清单中选择。", field="group", group=group)
    _fits(measures, group, whole)
    _period(first, last)
    if category and not (category.isascii() and category.isdecimal() and len(category) % 2 == 0):
        raise Invalid("没有这个类别，请从清单中选择。", field="category")
    if any(measure.lasting for measure in measures) and group != "stage" and not stage:
        raise Invalid("请选择要看哪个环节的用时，或按环节分组。", field="stage")
    return Request(measures, group, whole, first, last, category, stage)


def _fits(measures: Sequence[Measure], group: str, whole: Whole) -> None:
    of_officers = whole.kind == "officer" or group == "officer"
    for measure in measures:
        if group not in measure.groups:
            raise Invalid(
                "“{measure}”不能按{group}分组：请换一种分组，或不选这个指标。",
                field="group", measure=measure.code, group=group,
            )  # fmt: skip
        if of_officers and not measure.of_officers:
            raise Invalid(
                "“{measure}”不按人员统计：请选地点或单位，或换一个指标。", field="measure", measure=measure.code
            )
        if not of_officers and measure.own:
            raise Invalid(
                "“{measure}”只按人员统计：请按人员分组，或换一个指标。", field="measure", measure=measure.code
            )
    if group == "place" and whole.kind != "place":
        raise Invalid("按地点分组时，范围须是一个地点。", field="group")
    if whole.kind == "officer" and group in ("body", "officer"):
        raise Invalid("范围已是一名人员，不能再按单位或人员分组。", field="group")


def _period(first: date, last: date) -> None:
    if last < first:
        raise Invalid("结束日期不能早于开始日期。", field="last")
    if (last - first).days >= MOST_DAYS:
        raise Invalid("一次最多查看 {most} 天，请缩短时间范围。", field="first", most=MOST_DAYS)
