"""Dates and amounts in the words of official letters."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.letters.rules import wording

_VALUES = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1_000}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日"),
        (date(2030, 1, 10), "二〇三〇年一月十日"),
        (date(2000, 10, 31), "二〇〇〇年十月三十一日"),
        (date(2026, 2, 20), "二〇二六年二月二十日"),
    ],
)
def test_a_day_is_written_in_chinese_digits(moment: date, words: str) -> None:
    assert wording.day(moment) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10050.3", "壹万零伍拾元叁角"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("1000000", "壹佰万元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("20030000000005", "贰拾万零叁佰亿零伍元整"),
        ("-12.005", "负壹拾贰元零壹分"),
    ],
)
def test_an_amount_is_written_in_capitals(amount: str, words: str) -> None:
    assert wording.capital(Decimal(amount)) == words


def test_an_amount_that_nobody_writes_is_left_empty() -> None:
    assert wording.capital(Decimal(10) ** 15) == ""


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10**15 - 1), st.integers(0, 99))
def test_what_was_written_in_capitals_reads_back_as_it_was(yuan: int, fen: int) -> None:
    assert _read(wording.capital(Decimal(yuan) + Decimal(fen) / 100)) == yuan * 100 + fen


def _read(words: str) -> int:
    """Fen of an amount in capitals, by the rules of reading alone."""
    whole, _, rest = words.rpartition("元")
    fen = sum(
        _VALUES[rest[i - 1]] * worth for mark, worth in (("角", 10), ("分", 1)) if (i := rest.find(mark)) > 0
    )  # fmt: skip
    high, _, low = whole.rpartition("亿")
    return (_group(high) * 10**8 + _group(low)) * 100 + fen


def _group(words: str) -> int:
    high, _, low = words.rpartition("万")
    return _four(high) * 10_000 + _four(low)


def _four(words: str) -> int:
    total, digit = 0, 0
    for char in words:
        if char in _UNITS:
            total, digit = total + digit * _UNITS[char], 0
        else:
            digit = _VALUES[char]
    return total + digit
