"""What every page for officers shows. `{% load mobile %}`."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils.translation import gettext

from zhongshu.base.http import menu
from zhongshu.channels.mobile import forms

register = template.Library()

_PLACES = (
    ("mobile:mine", "mobile.open", "任务"),
    ("mobile:report", "case.report", "巡查上报"),
    ("mobile:shift", "mobile.open", "值班"),
)


@register.simple_tag(takes_context=True)
def pages(context: dict[str, Any]) -> list[menu.Link]:
    """The pages open to the officer."""
    return menu.links(_PLACES, context["request"].path, context["actor"], context["at"])


@register.simple_tag
def words() -> dict[str, str]:
    """What the page's script says; `{names}` are filled there."""
    return {
        "metres": gettext("{n} 米"),
        "kilometres": gettext("{n} 公里"),
        "locating": gettext("正在定位……"),
        "here": gettext("已定位（{time}，误差约 {accuracy}）。"),
        "far": gettext("已定位（{time}，误差约 {accuracy}）：距事发地点约 {far}。"),
        "tooFar": gettext("已定位（{time}，误差约 {accuracy}）：距事发地点约 {far}，须在 {near}以内才能提交。"),
        "picked": gettext("已采用您在地图上点选的位置。"),
        "denied": gettext("浏览器没有允许使用位置。请在浏览器的设置中允许，再按“重新定位”。"),
        "lost": gettext("没有定到位。请走到开阔的地方，再按“重新定位”。"),
        "sending": gettext("正在上传照片……"),
        "kept": gettext("照片已上传。"),
        "unsent": gettext("照片没有传上去，提交时会再传一次。"),
        "drop": gettext("不要这张"),
        "photo": gettext("已上传的第 {n} 张照片"),
        "me": gettext("我的位置"),
    }


@register.filter
def sent_text(sent: QueryDict, name: str) -> str:
    """What a form sent under a name; empty for one not sent yet."""
    return forms.text(sent, name)
