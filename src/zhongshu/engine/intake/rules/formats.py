"""What is wrong with a text of a certain kind, in words; and what only looks wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules.temporal import read_date, read_moment, read_time
from zhongshu.registers.people.rules import numbers

_PHONE = re.compile(r"(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|400-?\d{3}-?\d{4}|\+[1-9]\d{6,14})", re.ASCII)
_DOCUMENT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOCAL = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_OLD_ID = re.compile(r"\d{15}", re.ASCII)
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)

# Control characters, halves of a pair, and those that turn the direction of writing to disguise a text.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def garbled(kind: str, text: str) -> str:
    """What is wrong with the letters of a text, whatever they say; empty if nothing is."""
    if _UNREADABLE.search(text):
        return "里面有不能识别的字符，请重新输入。"
    return "请写成一行，不要换行。" if kind != "longtext" and "\n" in text else ""


def fault(kind: str, text: str) -> str:
    """What is wrong with a cleaned text as one of its kind; empty if nothing is."""
    judge = _JUDGES.get(kind)
    return judge(text) if judge else ""


def doubt(kind: str, text: str) -> str:
    """What should be looked at again, though it may be right; empty if nothing should."""
    if kind == "uscc" and not numbers.uscc_fits(text):
        return "统一社会信用代码的校验位对不上，请对照营业执照核对；确实如此的可以继续。"
    return ""


def _is(fits: Callable[[str], bool], sentence: str) -> Callable[[str], str]:
    return lambda text: "" if fits(text) else sentence


def _is_day(text: str) -> bool:
    return len(text) == len("2026-03-01") and read_date(text) is not None


def _is_email(text: str) -> bool:
    local, _, host = text.partition("@")
    labels = host.split(".")
    return bool(_LOCAL.fullmatch(local)) and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


def _id_number(text: str) -> str:
    """GB 11643-1999: eighteen digits of which the last is a check; those of fifteen ended with 2012."""
    if _OLD_ID.fullmatch(text):
        return "这是 15 位的旧号码，已经停用，请填写现在身份证上的 18 位号码。"
    if not _ID.fullmatch(text):
        return "身份证号码应当是 18 位：17 位数字，最后一位是数字或 X。"
    try:
        numbers.spelled(numbers.RESIDENT_ID, text, date.max)
    except Invalid:
        right = text[17] == numbers.check_digit(text[:17])
        return (
            "身份证号码里的出生日期有误，请对照身份证逐位核对。" if right else "身份证号码有误，请对照身份证逐位核对。"
        )
    return ""


def _uscc(text: str) -> str:
    try:
        numbers.uscc(text)
    except Invalid as problem:
        return problem.sentence
    return ""


_JUDGES: Mapping[str, Callable[[str], str]] = {
    "date": _is(_is_day, "请填写真实的日期，例如 2026-03-01。"),
    "time": _is(lambda text: read_time(text) is not None, "请填写时间，例如 08:30。"),
    "date-time": _is(lambda text: read_moment(text) is not None, "请填写日期和时间，例如 2026-03-01 08:30。"),
    "phone": _is(lambda text: bool(_PHONE.fullmatch(text)), "请填写手机号码，或带区号的固定电话，例如 025-12345678。"),
    "photo": _is(lambda text: bool(_DOCUMENT.fullmatch(text)), "照片没有上传成功，请重新上传。"),
    "file": _is(lambda text: bool(_DOCUMENT.fullmatch(text)), "文件没有上传成功，请重新上传。"),
    "email": _is(_is_email, "请填写电子邮箱，例如 name@example.com。"),
    "id-number": _id_number,
    "uscc": _uscc,
}
