"""Days as official letters write them; amounts are in `intake/rules/amounts`. Pure."""

from datetime import date

_DIGITS = "〇一二三四五六七八九"


def day(moment: date) -> str:
    """二〇二六年十一月二十二日: the year by its digits, month and day as numbers (GB/T 15835, 4.2; 党政机关公文)."""
    year = "".join(_DIGITS[int(digit)] for digit in str(moment.year))
    return f"{year}年{_small(moment.month)}月{_small(moment.day)}日"


def _small(number: int) -> str:
    """A number below a hundred in words."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
