"""What happened to an account's door, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.journal.models import Entry

WORDS = {
    "people.account_opened": "开立了账号",
    "people.account_closed": "停用了账号",
    "people.signed_in": "登录",
    "people.sign_in_failed": "登录没有成功：密码不对",
    "identity.locked": "连续猜错密码，登录被暂停了一刻钟",
    "identity.signed_out": "退出登录",
    "identity.session_ended": "在别处退出了一个登录",
    "identity.sessions_ended": "在别处退出了其他登录",
    "identity.proved": "办重要事项前再次确认了身份",
    "identity.proof_failed": "第二步验证没有通过",
    "identity.password_set": "修改了密码",
    "identity.password_reset": "重新设置了密码",
    "identity.factor_added": "添加了验证方式",
    "identity.factor_removed": "删去了验证方式",
    "identity.factor_renamed": "改了验证方式的名称",
    "identity.factor_used": "使用了验证方式",
    "identity.passkey_cloned": "通行密钥的计数不对，可能被复制，已拒绝",
    "identity.recovery_codes_made": "生成了新的恢复码",
    "identity.recovery_code_used": "使用了一个恢复码",
    "identity.start_code_given": "管理员发了启用码",
    "identity.device_code_given": "管理员发了设备绑定码",
    "identity.device_bound": "绑定了一台设备",
    "identity.device_revoked": "解除了一台设备的绑定",
    "identity.device_refused": "设备在别处出现，已拒绝",
}
METHODS = {
    "password": "密码",
    "totp": "动态口令",
    "passkey": "通行密钥",
    "recovery": "恢复码",
    "device": "设备凭证",
    "oidc": "统一身份认证",
    "sms": "短信验证码",
    "wechat": "微信",
    "start": "启用码",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the list: what, when, and whence (masked address and kind of browser)."""

    what: str
    how: str
    at: datetime
    origin: str


def events(entries: list[Entry]) -> list[Event]:
    """The entries as lines, in the page's language."""
    return [_event(entry) for entry in entries]


def method(text: str) -> str:
    """A method in words: 密码、动态口令."""
    return gettext("、").join(gettext(METHODS[part]) for part in text.split("+") if part in METHODS)


def _event(entry: Entry) -> Event:
    facts = entry.facts
    origin = " · ".join(filter(None, (facts.get("from"), facts.get("agent"))))
    how = method(facts.get("method") or facts.get("kind") or facts.get("proof") or "")
    return Event(gettext(WORDS.get(entry.verb, entry.verb)), how, entry.at, origin)
