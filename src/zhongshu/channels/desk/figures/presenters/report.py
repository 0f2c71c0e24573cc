"""The monthly report as plain values: the page and the PDF are both made from it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from zhongshu.channels.desk.figures.presenters import behind, words
from zhongshu.channels.presenters import names
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import Lasting, Value, reports
from zhongshu.data.figures.queries.reports import Key, Report
from zhongshu.data.figures.rules.measures import MEASURES, Measure
from zhongshu.data.figures.rules.standings import Standing, Standings
from zhongshu.engine.cases.queries.duplicates import CHRONIC_DAYS, CHRONIC_TIMES

_DIGITS_OF_COMMUNITY = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A key number beside those it is held against, how it is counted, the address of its cases (empty for none)."""

    name: str
    now: str
    before: str
    last_year: str
    method: str
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report with its sentence of method; `empty` stands where it has no rows."""

    heading: str
    method: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole report in the visitor's language."""

    language: str
    title: str
    place: str
    period: str
    counted: str
    running: str
    against: str
    keys: tuple[Number, ...]
    sections: tuple[Section, ...]


def shown(found: Report, at: datetime) -> Shown:
    """The report in words."""
    period = found.month.period
    counted = timezone.localtime(figures.counted_until(at))
    return Shown(
        names.language(),
        gettext("{place}{month}运行月报").format(place=words.ancestor(found.whole), month=words.month(period.first)),
        words.ancestor(found.whole), f"{words.day(period.first)} – {words.day(period.last)}",
        gettext("统计截至 {moment}").format(moment=f"{words.day(counted.date())} {counted:%H:%M}"),
        "" if found.month.whole else gettext("本月尚未结束：上月和去年同月只取相同的天数来比较。"),
        gettext("括号内是本月相对上月、相对去年同月的变化；比率的变化以百分点计。"),
        tuple(_number(key, found) for key in found.keys), tuple(_sections(found)),
    )  # fmt: skip


def _number(key: Key, found: Report) -> Number:
    before, last_year = (_against(key.measure, key.now, other) for other in (key.before, key.last_year))
    now = words.number(key.measure, key.now)
    days = found.month.period
    address = behind.address(key.measure, key.now, found.whole, days.first, days.last)
    return Number(words.measure(key.measure), now, before, last_year, words.method(key.measure), address)


def _against(measure: Measure, now: Value, other: Value) -> str:
    """Another month's value and how far this one is from it."""
    said = words.number(measure, other)
    if now.number is None or other.number is None or not other.base:
        return said
    if measure.unit == "share":
        points = gettext("{n} 个百分点").format(n=f"{100 * (now.number - other.number):+.1f}")
        return gettext("{value}（{change}）").format(value=said, change=points)
    if not other.number:
        return said
    return gettext("{value}（{change}）").format(value=said, change=f"{now.number / other.number - 1:+.1%}")


def _sections(found: Report) -> list[Section]:
    on_time = MEASURES["on_time"]
    sections = [_standings(gettext("责任单位按期办结率"), gettext("责任单位"), found.bodies, on_time)]
    if found.streets:
        sections.append(_standings(gettext("街道按期办结率"), gettext("街道"), found.streets, on_time))
    sections += [_stages(found), _grown(found)]
    return [*sections, _chronic(found)] if found.whole > 0 else sections


def _standings(heading: str, name: str, found: Standings, measure: Measure) -> Section:
    worked = [one for one in found.parts if one.base]
    rows = tuple(_standing(one, measure) for one in worked)
    idle = len(found.parts) - len(worked)
    also = gettext("另有 {n} 个没有办结的，未列出。").format(n=idle) if idle else ""
    columns = (gettext("名次"), name, words.measure(measure), words.measure(MEASURES["closed"]))
    said = " ".join(part for part in (words.method(measure), also) if part)
    return Section(heading, said, columns, rows, gettext("这个月没有办结的办件。"))


def _standing(one: Standing, measure: Measure) -> tuple[str, ...]:
    rank = str(one.rank) if one.rank else "—"
    return rank, words.ancestor(one.ancestor), words.number(measure, Value(one.value, one.base)), f"{one.base:,}"


def _stages(found: Report) -> Section:
    phases = words.phases()
    rows = tuple(_stage(phases[phase], *found.stages[phase]) for phase in phases if phase in found.stages)
    columns = (
        gettext("环节"), gettext("件数"), gettext("中位数"), gettext("九成不超过"), gettext("平均"),
        gettext("上月中位数"),
    )  # fmt: skip
    method = words.method(MEASURES["stage_median"])
    return Section(gettext("各环节用时"), method, columns, rows, gettext("这个月没有办件离开过任何环节。"))


def _stage(name: str, lasting: Lasting, before: Lasting | None) -> tuple[str, ...]:
    times = (lasting.median, lasting.p90, lasting.mean, before.median if before else None)
    return name, f"{lasting.n:,}", *map(words.lasting, times)


def _grown(found: Report) -> Section:
    rows = tuple(
        (
            names.category(one.category, one.category), f"{one.now:,}", f"{one.before:,}",
            f"{one.now / one.before - 1:+.0%}" if one.before else gettext("上月没有"),
        )
        for one in found.grown
    )  # fmt: skip
    method = gettext("本月新增不少于 {least} 件、且比上月多两成以上的类别，按多出的件数排列，至多 {most} 个。").format(
        least=reports.GROWN_FROM, most=reports.MOST
    )
    columns = (gettext("类别"), gettext("本月新增"), gettext("上月新增"), gettext("增长"))
    return Section(gettext("增长的类别"), method, columns, rows, gettext("没有明显增长的类别。"))


def _chronic(found: Report) -> Section:
    rows = tuple(
        (_cell(one.cell), names.category(one.category, one.category), f"{one.times:,}") for one in found.chronic
    )
    method = gettext(
        "到期末为止的 {days} 天里，同一网格同一类别新增 {times} 次以上的，按次数排列，至多 {most} 处。"
    ).format(days=CHRONIC_DAYS, times=CHRONIC_TIMES, most=reports.MOST)
    columns = (gettext("网格"), gettext("类别"), gettext("次数"))
    return Section(gettext("反复发生的地点"), method, columns, rows, gettext("没有反复发生的地点。"))


def _cell(code: str) -> str:
    """A grid cell: the regions it lies in, and its number there."""
    return f"{names.place(int(code[:_DIGITS_OF_COMMUNITY]))} {code[_DIGITS_OF_COMMUNITY:]}"
