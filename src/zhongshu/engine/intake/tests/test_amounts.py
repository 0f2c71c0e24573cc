"""Money in words."""

from decimal import Decimal

import pytest

from zhongshu.engine.intake.rules import amounts


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "零元整"),
        (0.05, "伍分"),
        (0.5, "伍角"),
        (10, "壹拾元整"),
        (409.5, "肆佰零玖元伍角"),
        (1409.5, "壹仟肆佰零玖元伍角"),
        (6007.14, "陆仟零柒元壹角肆分"),
        (16409.02, "壹万陆仟肆佰零玖元零贰分"),
        (107000.53, "壹拾万柒仟元伍角叁分"),
        (100_000_001, "壹亿零壹元整"),
        (1_000_100_000_000, "壹万零壹亿元整"),
        (Decimal("-2.005"), "负贰元零壹分"),
    ],
)
def test_an_amount_is_written_as_on_a_cheque(amount, words):
    assert amounts.capital(amount) == words


def test_more_than_any_amount_has_no_words():
    with pytest.raises(ValueError):
        amounts.capital(10**16)
