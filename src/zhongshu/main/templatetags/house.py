"""How every page says dates, ages, names and states. `{% load house %}`."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.messages import queries as messages
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.people import rules as people_rules
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

register = template.Library()

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_TONES = {"closed": "done", "rejected": "done", "handling": "busy", "verifying": "busy"}


@register.filter
def moment(when: datetime | None) -> str:
    """2026年11月22日 14:05, or 22 Nov 2026, 14:05; empty for none."""
    if when is None:
        return ""
    here = when.astimezone(SHANGHAI)
    english = language() == "en"
    return f"{_day(here, english)}, {here:%H:%M}" if english else f"{_day(here, english)} {here:%H:%M}"


@register.filter
def day(when: datetime | None) -> str:
    """2026年11月22日, or 22 Nov 2026; empty for none."""
    return _day(when.astimezone(SHANGHAI), language() == "en") if when else ""


def _day(here: datetime, english: bool) -> str:
    return f"{here.day} {here:%b %Y}" if english else f"{here.year}年{here.month}月{here.day}日"


@register.filter
def iso(when: datetime | None) -> str:
    """The moment for machines: the `datetime` of a `<time>`."""
    return when.astimezone(SHANGHAI).isoformat(timespec="seconds") if when else ""


@register.simple_tag(takes_context=True)
def age(context: dict[str, Any], when: datetime | None) -> str:
    """How long ago, in words."""
    if when is None:
        return ""
    seconds = (context["at"] - when).total_seconds()
    return gettext("刚刚") if seconds < MINUTE else gettext("{span}前").format(span=span(seconds))


@register.simple_tag(takes_context=True)
def until(context: dict[str, Any], due: datetime | None) -> str:
    """How long until a deadline, or by how much it was missed, in words."""
    if due is None:
        return ""
    seconds = (due - context["at"]).total_seconds()
    words = gettext("还有 {span}") if seconds >= 0 else gettext("已超时 {span}")
    return words.format(span=span(abs(seconds)))


def span(seconds: float) -> str:
    """A length of time in its largest unit."""
    if seconds >= DAY:
        return gettext("{n} 天").format(n=int(seconds // DAY))
    if seconds >= HOUR:
        return gettext("{n} 小时").format(n=int(seconds // HOUR))
    return gettext("{n} 分钟").format(n=max(1, int(seconds // MINUTE)))


@register.filter
def local(thing: Any) -> str:
    """The name of anything that has `name` and `name_en` (or `zh` and `en`), in the page's language."""
    if thing is None:
        return ""
    if hasattr(thing, "zh"):
        return thing.en if language() == "en" else thing.zh
    return (thing.name_en or thing.name) if language() == "en" else thing.name


@register.simple_tag
def place_name(code: int | str | None, at: datetime | None = None) -> str:
    """A place's name, from the district down: 鸥汀区 帆影街道 潮音社区; with `at`, as it was called then."""
    return places.joined(places.tree().path(code, at=at), language()) if code else ""


@register.simple_tag
def body_name(body: int | None) -> str:
    """A body's name."""
    return people.body_name(body, language())


@register.simple_tag
def case_title(row: Any) -> str:
    """What a case in a list is called: by its category, else by its own title."""
    return names.category(row.category, row.title)


@register.simple_tag
def category_name(code: str | None) -> str:
    """A category's name, ended or not."""
    return catalogue.category_name(code or "", language())


@register.simple_tag
def task_name(scenario: Scenario, element: str) -> str:
    """A task's name."""
    return scenario.task_name(element, language())


@register.filter
def masked_phone(text: str) -> str:
    """138****0000."""
    return people_rules.masked_phone(text)


@register.filter
def masked_name(text: str) -> str:
    """The family name and stars."""
    return people_rules.masked_name(text)


@register.simple_tag
def city_name() -> str:
    """The city's name; empty before there is one."""
    names = places.tree().names
    return next((local(name) for code, name in names.items() if codes.level_of(code) == codes.Level.CITY), "")


@register.simple_tag(takes_context=True)
def state(context: dict[str, Any], row: Any) -> str:
    """A case's phase as a badge, and how pressing it is. `row`: with scenario, version, phase, opened, due, closed."""
    known = scenarios.version(row.scenario, row.version)
    tone = "done" if row.closed else _TONES.get(row.phase, "waiting")
    badge = format_html('<span class="state state-{}">{}</span>', tone, known.phase_name(row.phase, language()))
    urgency = "" if row.closed else alarms.urgency(row.opened, row.due, context["at"], known.settings.alarms)
    if not urgency:
        return badge
    words = gettext("已超时") if urgency == "late" else gettext("即将超时")
    return badge + format_html(' <span class="state state-{}">{}</span>', urgency, words)


@register.simple_tag(takes_context=True)
def unread(context: dict[str, Any]) -> str:
    """How many messages the visitor has not read; 99+ for more, empty for none. One statement where it stands."""
    found = messages.unread(context["actor"]) if context["signed_in"] else 0
    return "" if not found else "99+" if found >= messages.MANY else str(found)


@register.filter
def way_back(request: HttpRequest) -> str:
    """The page the visitor came from, when it is one of ours; else the front page."""
    came = request.headers.get("Referer", "")
    if came and url_has_allowed_host_and_scheme(came, {request.get_host()}):
        parts = urlsplit(came)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"
