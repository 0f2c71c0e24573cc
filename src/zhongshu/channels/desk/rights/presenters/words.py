"""Rights in words: permissions, hours of the week, over what a grant is."""

from collections.abc import Sequence

from django.utils.translation import gettext

from zhongshu.base.permissions import hours as weekly
from zhongshu.channels.presenters import names
from zhongshu.registers.places import queries as places

PERMISSIONS = {
    "admin.open": "打开系统管理", "audit.read": "查看审计记录", "bodies.manage": "维护单位",
    "case.approve": "审批挂起和延期",
    "case.assign": "指派和接管任务", "case.dispatch": "派遣", "case.hand_over": "移交工作", "case.import": "导入办件",
    "case.merge": "合并办件", "case.message": "向办件发送消息", "case.read": "查看办件", "case.report": "登记办件",
    "case.reveal": "查看上报人联系方式", "desk.open": "打开工作台", "duties.approve": "审批职责变更",
    "duties.propose": "申请职责变更", "duties.read": "查看职责清单", "figures.read": "查看指标",
    "grants.approve": "审批授权", "grants.propose": "申请授权", "grants.review": "复核授权",
    "keys.manage": "管理接口密钥",
    "mandates.help": "帮办代办", "mandates.record": "登记委托", "mobile.open": "打开移动端", "persons.find": "查找人员",
    "persons.merge": "合并人员记录", "persons.verify": "核验身份", "places.manage": "维护地点库",
    "privacy.handle": "办理个人信息请求", "privacy.notices": "维护告知文本", "rights.explain": "查看任何人的权限原因",
    "rosters.manage": "排班", "scenarios.approve": "审批场景", "scenarios.edit": "编写场景",
    "scenarios.propose": "提交场景", "scenarios.read": "查看场景版本", "screen.open": "打开大屏",
    "sessions.manage": "管理登录会话", "staff.manage": "维护人员",
}  # fmt: skip
"""What each permission lets somebody do."""

DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def permission(code: str) -> str:
    """What a permission lets somebody do."""
    return gettext(PERMISSIONS.get(code, code))


def days() -> list[str]:
    """The days of the week, Monday first."""
    return [gettext(day) for day in DAYS]


def hours(bounds: Sequence[int]) -> str:
    """Hours of the week in words: the days that share the same times together; empty for always."""
    shared: dict[tuple[int, int], list[int]] = {}
    for first, long in weekly.stretches(bounds):
        shared.setdefault((first % weekly.DAY, long), []).append(first // weekly.DAY)
    return gettext("；").join(_said(sorted(held), first, long) for (first, long), held in shared.items())


def _said(held: list[int], first: int, long: int) -> str:
    last = first + long
    over = last // weekly.DAY
    until = gettext("次日 {clock}") if over == 1 else gettext("{n} 天后 {clock}") if over > 1 else "{clock}"
    return gettext("{days} {start} 至 {end}").format(
        days=gettext("、").join(days()[day] for day in held),
        start=_clock(first),
        end=until.format(clock=_clock(last), n=over),
    )


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def over(body: int | None, place: int | None) -> str:
    """Over what a grant is: its body and its place."""
    known = (names.body(body), "" if place is None else names.place(place) or _city(place))
    return " · ".join(one for one in known if one) or gettext("全部单位和地点")


def _city(place: int) -> str:
    """A place above the districts by its own name; what is unknown by its code."""
    found = places.tree().names.get(place)
    return names.joined([found]) if found else str(place)
