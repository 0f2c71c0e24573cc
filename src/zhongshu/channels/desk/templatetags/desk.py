"""What every page of the desk shows. `{% load desk %}`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions

register = template.Library()

_WORKPLACES = (
    ("desk:inbox", "desk.open", "待办"),
    ("desk:cases", "desk.open", "办件"),
    ("desk:dispatch", "case.dispatch", "派遣"),
    ("desk:report", "case.report", "代报"),
    ("desk:import", "case.report", "批量导入"),
    ("desk:admin", "keys.manage", "接口密钥"),
)


@dataclass(frozen=True, slots=True)
class Workplace:
    """A place to go to, and whether one is there."""

    name: str
    address: str
    here: bool


@register.simple_tag(takes_context=True)
def workplaces(context: dict[str, Any]) -> list[Workplace]:
    """The workplaces open to the visitor."""
    path = context["request"].path
    open_ = [
        (reverse(route), name)
        for route, needs, name in _WORKPLACES
        if permissions.holds_anywhere(context["actor"], needs, context["at"])
    ]
    here = max((address for address, _ in open_ if path.startswith(address)), key=len, default="")
    return [Workplace(gettext(name), address, address == here) for address, name in open_]


@register.filter
def sentence(problem: Any) -> str:
    """What is wrong, in the page's language: a refusal or a problem of a questionnaire."""
    return gettext(problem.sentence).format(**problem.gaps) if problem else ""
