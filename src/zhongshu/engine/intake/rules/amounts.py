"""Money in words, as cheques and receipts have it.

Basic rules for filling in notes and settlement vouchers (正确填写票据和结算凭证的基本规定, annex 1 of the Payment and
Settlement Measures 支付结算办法, 1997): a whole sum ends with 整, zeros between digits are read once.
"""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (10**3, "仟"), (10**2, "佰"), (10, "拾"))
MOST = 10**16


def capital(amount: float | Decimal) -> str:
    """An amount in yuan in words: 16409.02 is 壹万陆仟肆佰零玖元零贰分. Rounded to the fen; below 10¹⁶."""
    fen = int((Decimal(str(amount)) * 100).to_integral_value(ROUND_HALF_UP))
    if abs(fen) >= MOST * 100:
        raise ValueError(amount)
    yuan, rest = divmod(abs(fen), 100)
    sign = "负" if fen < 0 else ""
    whole = f"{_read(yuan)}元" if yuan or not rest else ""
    return f"{sign}{whole}{_change(rest, bool(yuan))}"


def _read(number: int) -> str:
    for unit, name in _UNITS:
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return f"{_read(high)}{name}{gap}{_read(low) if low else ''}"
    return _DIGITS[number]


def _change(fen: int, after_yuan: bool) -> str:
    """What follows the yuan: 角 and 分, or 整 where there is neither."""
    tens, ones = divmod(fen, 10)
    if not fen:
        return "整"
    gap = "零" if after_yuan and not tens else ""
    return f"{f'{_DIGITS[tens]}角' if tens else gap}{f'{_DIGITS[ones]}分' if ones else ''}"
