"""What every page for officers shows. `{% load mobile %}`."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils.translation import gettext

from zhongshu.base.http import menu
from zhongshu.channels.mobile import forms
from zhongshu.engine.dispatch.queries import tracks as queries

register = template.Library()

_PLACES = (
    ("mobile:mine", "mobile.open", "任务"),
    ("mobile:report", "case.report", "巡查上报"),
    ("mobile:shift", "mobile.open", "值班"),
    ("mobile:track", "mobile.open", "轨迹"),
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
        "asOf": gettext("没有网络。这是 {time} 时的内容；您做的会存在手机里，有网络时自动发送。"),
        "back": gettext("有网络了。这是 {time} 时的内容，刷新后是最新的。"),
        "offline": gettext("没有网络。您做的会存在手机里，有网络时自动发送。"),
        "missing": gettext("没有网络，这个页面没有存在手机里。有网络时打开过一次，以后没有网络也能看。"),
        "keptHere": gettext("已存在手机里，有网络时自动发送。"),
        "stepKept": gettext("这一步已存在手机里，还没有发送。"),
        "stepRefused": gettext("这一步没有被接受，请到“待发送”查看。"),
        "waits": gettext("等待发送"),
        "waitsBefore": gettext("等前面一步处理后再发送"),
        "refused": gettext("没有被接受"),
        "unexplained": gettext("平台没有接受，也没有说明原因。请重试；仍不行的，请联系值班长。"),
        "doneAt": gettext("{time} 做的"),
        "photoAct": gettext("照片"),
        "trackAct": gettext("巡查轨迹（{n} 个点）"),
        "nothing": gettext("没有等待发送的内容。"),
        "photoKept": gettext("没有网络，照片已存在手机里，有网络时自动发送。"),
        "record": gettext("开始录音"),
        "stopRecord": gettext("停止录音"),
        "again": gettext("重新录音"),
        "recording": gettext("正在录音：{n} 秒，最长 {most} 秒。"),
        "recorded": gettext("已录 {n} 秒，可以先听一遍。"),
        "noMicrophone": gettext("浏览器没有允许使用麦克风。请在浏览器的设置中允许，或选择录好的文件。"),
        "sending": gettext("正在上传照片……"),
        "kept": gettext("照片已上传。"),
        "unsent": gettext("照片没有传上去，提交时会再传一次。"),
        "drop": gettext("不要这张"),
        "photo": gettext("已上传的第 {n} 张照片"),
        "me": gettext("我的位置"),
    }


@register.simple_tag(takes_context=True)
def tracked(context: dict[str, Any]) -> int | None:
    """The officer's running shift, if they have agreed that its way is kept."""
    return queries.recording(context["actor"], context["at"])


@register.filter
def sent_text(sent: QueryDict, name: str) -> str:
    """What a form sent under a name; empty for one not sent yet."""
    return forms.text(sent, name)
