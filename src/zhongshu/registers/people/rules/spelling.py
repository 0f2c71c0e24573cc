"""What names, logins and phone numbers look like, and how they are shown. Pure."""

import re
import unicodedata

from zhongshu.base.http.refusals import Invalid

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
# Numbers of the Chinese mainland: mobile (11 digits from 13 to 19) or fixed line with area code.
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


def login(text: str) -> str:
    """The login in its one spelling: lower case."""
    found = text.strip().lower()
    if not _LOGIN.fullmatch(found):
        raise Invalid("登录名须为 3 至 64 位小写字母、数字、点、横线或下划线。", field="login")
    return found


def name(text: str) -> str:
    """A person's or firm's name: 1 to 50 visible characters."""
    found = unicodedata.normalize("NFC", text.strip())
    if not 1 <= len(found) <= 50 or any(unicodedata.category(c) in ("Cc", "Cf") for c in found):
        raise Invalid("姓名须为 1 至 50 个字。", field="name")
    return found


def phone(text: str) -> str:
    """A phone number without blanks."""
    found = re.sub(r"[\s ]", "", text)
    if not _PHONE.fullmatch(found):
        raise Invalid("电话号码有误：请填写 11 位手机号，或带区号的固定电话。", field="phone")
    return found


def masked_phone(text: str) -> str:
    """A phone number as shown by default: 138****0000."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 9 else "****" if text else ""


def masked_name(text: str) -> str:
    """A name as shown by default: the family name and stars."""
    return text[:1] + "*" * min(max(len(text) - 1, 0), 2)
