"""What every page of the desk shows. `{% load desk %}`."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import template
from django.utils.html import format_html_join
from django.utils.translation import gettext

from zhongshu.base.http import menu

register = template.Library()

_WORKPLACES = (
    ("desk:inbox", "desk.open", "待办"),
    ("desk:cases", "desk.open", "办件"),
    ("desk:dispatch", "case.dispatch", "派遣"),
    ("desk:start", "desk.open", "发起"),
    ("desk:report", "case.report", "代报"),
    ("desk:import", "case.report", "批量导入"),
    ("desk:duties", "duties.read", "职责与排班"),
    ("desk:persons", "persons.find", "个人档案"),
    ("desk:mergings", "persons.merge", "档案合并"),
    ("desk:handovers", "case.hand_over", "工作移交"),
    ("desk:away", "desk.open", "外出委托"),
    ("desk:places", "places.manage", "地点库"),
    ("desk:figures", "figures.read", "指标"),
    ("desk:mandates", "mandates.record", "代办登记"),
    ("desk:help", "mandates.help", "登记帮办"),
    ("desk:studio", "scenarios.read", "场景工作室"),
    ("desk:versions", "scenarios.read", "场景版本"),
    ("desk:rights", "admin.open", "权限"),
    ("desk:privacy_requests", "privacy.handle", "个人信息保护"),
    ("desk:privacy_corrections", "persons.verify", "个人信息更正"),
    ("desk:admin", "admin.open", "系统管理"),
)


class Option(Protocol):
    """One choice of a `<select>`."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def chosen(self) -> bool: ...


@register.simple_tag(takes_context=True)
def workplaces(context: dict[str, Any]) -> list[menu.Link]:
    """The workplaces open to the visitor."""
    return menu.links(_WORKPLACES, context["request"].path, context["actor"], context["at"])


@register.simple_tag
def options(found: Iterable[Option]) -> str:
    """The choices of a `<select>`; there may be hundreds of them."""
    rows = ((option.key, " selected" if option.chosen else "", option.name) for option in found)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.filter
def sentence(problem: Any) -> str:
    """What is wrong, in the page's language: a refusal or a problem of a questionnaire."""
    return gettext(problem.sentence).format(**problem.gaps) if problem else ""


@register.filter
def listed(words: Iterable[object]) -> str:
    """Words as a list in a sentence."""
    return gettext("、").join(str(word) for word in words)
