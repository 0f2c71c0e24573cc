"""Figures in words: numbers, shares, times, days, and what a line is of."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names
from zhongshu.data.figures.queries import Value
from zhongshu.data.figures.rules.groups import GROUPS
from zhongshu.data.figures.rules.measures import MEASURES, Measure
from zhongshu.engine.cases.queries import scenarios
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def measure(asked: Measure) -> str:
    """A measure's name."""
    return names.local(asked)


def method(asked: Measure) -> str:
    """The sentence that says what a measure counts."""
    return asked.said_en if language() == "en" else asked.said


def number(asked: Measure, found: Value) -> str:
    """A value: 1,204, 92.3%, 1.5 小时; where it rests on too few, that and how many."""
    if found.number is None:
        return gettext("样本不足（{n}）").format(n=found.base) if found.base else "—"
    if asked.unit == "share":
        return f"{found.number:.1%}"
    return lasting(found.number) if asked.unit == "seconds" else f"{found.number:,.0f}"


def lasting(seconds: float | None) -> str:
    """A length of time in its largest unit, to a tenth."""
    if seconds is None:
        return "—"
    if seconds >= _DAY:
        return gettext("{n} 天").format(n=_short(seconds / _DAY))
    if seconds >= _HOUR:
        return gettext("{n} 小时").format(n=_short(seconds / _HOUR))
    return gettext("{n} 分钟").format(n=max(1, round(seconds / _MINUTE)))


def _short(amount: float) -> str:
    return f"{amount:.1f}".removesuffix(".0")


def day(when: date) -> str:
    """2026年11月22日, or 22 Nov 2026."""
    return f"{when.day} {when:%b %Y}" if language() == "en" else f"{when.year}年{when.month}月{when.day}日"


def month(when: date) -> str:
    """2026年11月, or November 2026."""
    return f"{when:%B %Y}" if language() == "en" else f"{when.year}年{when.month}月"


def ancestor(key: int) -> str:
    """A place or body."""
    if key < 0:
        return names.body(-key)
    known = places.tree().names.get(key)
    return names.joined([known]) if known else str(key)


def phases() -> dict[str, str]:
    """The phases of cases that are not at their end, over all scenarios, in the order of the way: code → name."""
    found: dict[str, str] = {}
    for scenario in scenarios.all_newest():
        codes = [code for code in scenario.settings.phases if code != scenario.settings.case.ended]
        found |= {code: scenario.phase_name(code, language()) for code in codes if code not in found}
    return found


def key(group: str, found: int | str | date, officers: Mapping[int, Account]) -> str:
    """What a line is of."""
    match group, found:
        case "month", date():
            return month(found)
        case "week", date():
            return gettext("{day}起的一周").format(day=day(found))
        case _, date():
            return f"{day(found)} {gettext(_WEEKDAYS[found.weekday()])}"
        case "weekday", int():
            return gettext(_WEEKDAYS[found])
        case "hour", int():
            return f"{found:02}:00–{found + 1:02}:00"
        case "officer", int():
            return _officer(officers[found])
        case "place" | "body", int():
            return ancestor(found)
        case "category", str():
            return names.category(found, found) or gettext("未分类")
        case "source", str():
            return names.source(found)
        case "stage", str():
            return phases().get(found, found)
    return gettext("合计")


def _officer(account: Account) -> str:
    body = names.local(account.body) if account.body else ""
    return gettext("{name}（{body}）").format(name=account.name, body=body)


def gaps(given: Mapping[str, object]) -> dict[str, object]:
    """What fills a refusal's sentence, with codes named in the page's language."""
    said = dict(given)
    if (asked := MEASURES.get(str(given.get("measure")))) is not None:
        said["measure"] = measure(asked)
    if (group := GROUPS.get(str(given.get("group")))) is not None:
        said["group"] = names.local(group)
    return said
