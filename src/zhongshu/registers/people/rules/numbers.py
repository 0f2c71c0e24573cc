"""Numbers that name a person or a firm: their one spelling, their check digit, how they are shown. Pure."""

import re
from datetime import date

from zhongshu.base.http.refusals import Invalid

RESIDENT_ID, PASSPORT, PERMIT, FOREIGNER = "resident_id", "passport", "permit", "foreigner"
_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
# Travel permits of Hong Kong and Macao (letter and 8 or 10 digits), of Taiwan (8 or 10 digits).
_PERMIT = re.compile(r"[HM]\d{8}(\d\d)?|\d{8}(\d\d)?", re.ASCII)
_PERMIT_REGIONS = ("810000", "820000", "830000")
_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{5,12}", re.ASCII)
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_OLDEST = date(1850, 1, 1)
_CHECKS = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def spelled(kind: str, text: str, today: date) -> str:
    """An identity number in its one spelling: capitals, no blanks.

    Of 18 digits are residents' cards (GB 11643-1999), residence permits of people of Hong Kong, Macao and Taiwan, and
    the foreigners' cards of 2023: their birth date must be a real one not after `today`, their check digit right.
    """
    found = re.sub(r"[\s -]", "", text).upper()
    if kind not in _FORMS:
        raise Invalid("请选择证件类型。", field="kind")
    if not _FORMS[kind](found, today):
        raise Invalid("证件号码有误，请对照证件逐位核对后再填。", field="number")
    return found


def _resident(number: str, today: date) -> bool:
    return bool(_EIGHTEEN.fullmatch(number)) and number[17] == check_digit(number[:17]) and _born(number, today)


def _permit(number: str, today: date) -> bool:
    if len(number) == 18:
        return number.startswith(_PERMIT_REGIONS) and _resident(number, today)
    return bool(_PERMIT.fullmatch(number))


def _foreigner(number: str, today: date) -> bool:
    return bool(_OLD_FOREIGNER.fullmatch(number)) or (number.startswith("9") and _resident(number, today))


_FORMS = {
    RESIDENT_ID: _resident,
    PASSPORT: lambda number, today: bool(_PASSPORT.fullmatch(number)),
    PERMIT: _permit,
    FOREIGNER: _foreigner,
}


def _born(number: str, today: date) -> bool:
    """Whether digits 7 to 14 are a day on which a living person may have been born."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return _OLDEST <= born <= today


def check_digit(digits: str) -> str:
    """The eighteenth character to seventeen digits: ISO 7064 MOD 11-2, as GB 11643-1999 has it."""
    return _CHECKS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11]


def masked(number: str) -> str:
    """A number as it is shown by default, never its birth date: 9901************46, E******78."""
    if len(number) == 18:
        return f"{number[:4]}{'*' * 12}{number[-2:]}"
    return f"{number[:1]}{'*' * (len(number) - 3)}{number[-2:]}" if len(number) > 4 else "*" * len(number)


def uscc(text: str) -> str:
    """A unified social credit code in its one spelling: 18 characters of GB 32100-2015."""
    found = re.sub(r"[\s -]", "", text).upper()
    if len(found) != 18 or any(character not in _USCC for character in found):
        raise Invalid("统一社会信用代码有误：应为 18 位数字或大写字母（不含 I、O、S、V、Z）。", field="uscc")
    return found


def uscc_fits(code: str) -> bool:
    """Whether the last character is the check of GB 32100-2015. Codes in force exist that fail: warn, do not refuse."""
    total = sum(_USCC.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return code[17] == _USCC[-total % 31]
