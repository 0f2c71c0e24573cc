"""What is said of other systems: their names, and what they want to know."""

from collections.abc import Iterable

from django.utils.translation import gettext

from zhongshu.base.http.language import ENGLISH, language
from zhongshu.registers.identity.models import Client


def called(client: Client) -> str:
    """A system's name in the visitor's language."""
    return client.name_en if language() == ENGLISH else client.name


def asks(client: Client, scopes: Iterable[str]) -> list[str]:
    """What the system wants to know, a line each; what every sign-in tells comes first."""
    name = gettext("您的姓名") if client.full_name else gettext("您的姓（名字隐去）")
    lines = {
        "openid": gettext("一个只给该系统用的编号，用来认出您"),
        "profile": gettext("{name}、账号种类和实名等级").format(name=name),
        "phone": gettext("您的手机号"),
        "org": gettext("您所在的单位和岗位（仅工作人员）"),
    }
    return [lines[scope] for scope in scopes if scope in lines]
