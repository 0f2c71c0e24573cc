"""The pages of administration beside each other, each for who may open it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.http import menu
from zhongshu.base.http.access import Request
from zhongshu.base.permissions import rules as permissions

_TABS = (
    ("desk:admin", "admin.open", "总览"),
    ("desk:admin_bodies", "bodies.manage", "单位"),
    ("desk:admin_staff", "staff.manage", "人员"),
    ("desk:admin_import", "bodies.manage", "导入"),
    ("desk:keys", "keys.manage", "接口密钥"),
    ("desk:clients", "keys.manage", "登录接入"),
    ("desk:admin_sessions", "sessions.manage", "登录"),
    ("desk:audit", "audit.read", "审计"),
)
_SECTIONS = (
    ("desk:admin_bodies", "bodies.manage", "单位", "机构树：新设、改名、调整上级、停用。"),
    ("desk:admin_staff", "staff.manage", "人员", "开立、调动、停用账号，查看每人的授权。"),
    ("desk:admin_import", "bodies.manage", "导入机构和人员", "用 CSV 或 Excel 成批建立单位和账号，先检查再导入。"),
    ("desk:keys", "keys.manage", "接口密钥", "对接系统的密钥：权限、网段、期限、次数。"),
    ("desk:clients", "keys.manage", "登录接入", "让其他系统用本平台的账号登录。"),
    ("desk:rights", "admin.open", "权限", "授权的申请、审批和复核，以及为什么能看或不能看。"),
    ("desk:admin_sessions", "sessions.manage", "登录", "谁在登录，必要时让其退出。"),
    ("desk:audit", "audit.read", "审计", "谁对权限、账号和受保护的数据做过什么。"),
    ("desk:handovers", "case.hand_over", "工作移交", "有人离岗时，把在办工作移交给接手的人。"),
    ("desk:places", "places.manage", "地点库", "区划、网格和部件。"),
    ("desk:versions", "scenarios.read", "场景版本", "流程的版本和在办件的迁移。"),
)
"""What the entrance leads to: address, permission, name and what one does there."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of administration as the entrance shows it."""

    address: str
    name: str
    about: str


def tabs(request: Request) -> list[menu.Link]:
    """The pages that are open to the visitor."""
    return menu.links(_TABS, request.path, request.by, request.at)


def sections(request: Request) -> list[Section]:
    """The parts that are open to the visitor."""
    return [
        Section(reverse(route), gettext(name), gettext(about))
        for route, needs, name, about in _SECTIONS
        if permissions.holds_anywhere(request.by, needs, request.at)
    ]
