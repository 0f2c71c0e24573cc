"""Codes sent to telephones: whoever can read one has the telephone."""

import hmac
import logging
import secrets
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext

from zhongshu.base.crypto import sealing
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Invalid, Unavailable
from zhongshu.registers.identity.doors import doors
from zhongshu.registers.identity.models import PhoneCode
from zhongshu.registers.identity.rules import telephones as rules
from zhongshu.registers.people import rules as spelling

log = logging.getLogger(__name__)

OF_PHONE = (
    Limit("identity.sms_minute", 1, 60),
    Limit("identity.sms_hour", 5, 3600),
    Limit("identity.sms_day", 10, 86_400),
)
OF_ADDRESS = Limit("identity.sms_address", 30, 3600)
_PHONE, _CODE = "identity_phone_code.phone", "identity_phone_code.digest"
# The try is counted before the code is compared, in one statement: parallel guesses cannot share one.
_TRY = """
UPDATE identity_phone_code SET tries = tries + 1 WHERE phone = ANY(%s) AND tries < %s RETURNING phone, digest, sent
"""


def send(phone: str, address: str, at: datetime) -> str:
    """Send a fresh code, which takes the place of the one before; returns the number in its one spelling.

    What happens, and how long it takes, is the same whether or not anybody has an account with the number.
    """
    number = spelling.phone(phone)
    if len(number) != 11 or not number.isdecimal() or doors.sender is None:
        raise Invalid("请填写 11 位手机号，才能收到验证码。", field="phone")
    limits.take(OF_ADDRESS, address, at)
    mark = sealing.marks(number, _PHONE)[0]
    for limit in OF_PHONE:
        limits.take(limit, mark.hex(), at)
    code = f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}}"
    kept = {"digest": _digests(number, code)[0], "sent": at, "tries": 0}
    PhoneCode.objects.update_or_create(phone=mark, defaults=kept)
    try:
        doors.sender.send(
            number, gettext("验证码 {code}，五分钟内有效。工作人员不会向您索要，请勿告诉他人。").format(code=code)
        )
    except Exception as problem:
        log.warning("a code could not be sent: %s", type(problem).__name__)
        raise Unavailable("验证码没有发出去，请稍后再试，或用密码登录。", retry_after=60) from None
    return number


def prove(phone: str, code: str, at: datetime) -> None:
    """Check a code as typed and spend it. Five wrong ones, or five minutes, and a new one is needed."""
    number = spelling.phone(phone)
    tried = _tried(number)
    digests = _digests(number, rules.typed(code))
    right = tried is not None and rules.alive(tried[2], at) and any(
        hmac.compare_digest(bytes(tried[1]), digest) for digest in digests
    )  # fmt: skip
    if not right or tried is None:
        raise Invalid("验证码不对或已过期，请核对短信；输错五次须重新获取。", field="code")
    if not PhoneCode.objects.filter(phone=bytes(tried[0]), digest=bytes(tried[1])).delete()[0]:
        raise Invalid("验证码不对或已过期，请核对短信；输错五次须重新获取。", field="code")


def _tried(number: str) -> tuple[bytes, bytes, datetime] | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TRY, [sealing.marks(number, _PHONE), rules.TRIES])
        return cursor.fetchone()


def _digests(number: str, code: str) -> list[bytes]:
    return sealing.marks(f"{number}:{code}", _CODE)
