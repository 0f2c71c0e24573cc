"""Days in the words of official letters."""

from datetime import date

import pytest

from zhongshu.engine.letters.rules import wording


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
