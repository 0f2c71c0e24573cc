"""Dates and amounts as official letters write them. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "〇一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
LARGEST = Decimal(10) ** 15


def day(moment: date) -> str:
    """二〇二六年十一月二十二日: the year by its digits, month and day as numbers (GB/T 15835, 4.2; 党政机关公文)."""
    year = "".join(_DIGITS[int(digit)] for digit in str(moment.year))
    return f"{year}年{_small(moment.month)}月{_small(moment.day)}日"


def _small(number: int) -> str:
    """A number below a hundred in words."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def capital(amount: Decimal) -> str:
    """An amount of yuan below 10^15 in capitals: 壹万零伍拾元叁角 (Payment and Settlement Measures, annex 1).

    Rounded to the fen; empty for an amount that is too large to be written.
    """
    fen_in_all = int((abs(amount) * 100).to_integral_value(ROUND_HALF_UP))
    yuan, rest = divmod(fen_in_all, 100)
    jiao, fen = divmod(rest, 10)
    if yuan >= LARGEST:
        return ""
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        said += "整"
    elif jiao:
        said += f"{_CAPITALS[jiao]}角"
    elif yuan:
        said += "零"
    said += f"{_CAPITALS[fen]}分" if fen else ""
    return ("负" if amount < 0 and fen_in_all else "") + said


def _whole(yuan: int) -> str:
    """Yuan without the word, four digits at a time; a gap of zeros is one 零."""
    groups = [yuan // 10_000**n % 10_000 for n in range(4)]
    said = ""
    for place in range(3, -1, -1):
        group = groups[place]
        if not group:
            continue
        if said and (group < 1_000 or not groups[place + 1]):
            said += "零"
        said += _four(group) + _GROUPS[place]
        if place == 3 and groups[2]:
            said = said.removesuffix("亿")
    return said or "零"


def _four(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _CAPITALS[digit] + _PLACES[place]
        gap = not digit
    return said
