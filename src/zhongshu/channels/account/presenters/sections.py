"""What `/account/` leads to: a line for each thing one can see or do about oneself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.permissions.rules import Actor


def everybody(_actor: Actor) -> bool:
    """Whoever is signed in."""
    return True


def people(actor: Actor) -> bool:
    """Whoever signs in by themselves: no device."""
    return actor.kind != "device"


def residents(actor: Actor) -> bool:
    """Whoever has matters of their own."""
    return actor.kind == "resident"


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name and what it is for (Chinese, translated when shown), its page, and whose it is."""

    name: str
    says: str
    page: str
    whose: Callable[[Actor], bool] = everybody


SECTIONS: list[Section] = [
    Section("我的身份", "实名情况、登记的证件和电话，以及核验身份", "account:me", people),
    Section("登录与安全", "密码、动态口令、通行密钥、恢复码，以及最近的登录记录", "account:security", people),
    Section("已登录的设备", "看看在哪些设备上登录着，退出不认得的", "account:sessions"),
    Section("登录方式", "绑定统一身份认证、微信或手机号，或解除绑定", "account:ways", people),
    Section("已授权的系统", "经由本平台登录过哪些系统，它们知道您什么，收回授权", "account:apps", people),
    Section("代办授权", "请人代办，或收回；看看谁请您代办", "account:mandates", residents),
    Section("代人办事", "以别人的名义办理他们委托您的事务", "account:acting", people),
    Section("我的企业", "以法定代表人或经办人的身份为企业办事", "account:firms", people),
    Section("谁看过我的信息", "哪个单位的谁、什么时候、为什么看过您的完整信息", "account:looks", people),
    Section("我的个人信息", "存有哪些、依据什么、存到何时；下载、更正、删除", "account:privacy", people),
]
"""In the order shown; a part of the account that has a page of its own adds a line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as shown."""

    name: str
    says: str
    address: str


def sections(actor: Actor) -> list[Shown]:
    """The sections of this visitor, in the page's language."""
    return [Shown(gettext(s.name), gettext(s.says), reverse(s.page)) for s in SECTIONS if s.whose(actor)]
