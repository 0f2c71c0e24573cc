"""Patterns of document numbers."""

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.letters.rules import numbers


def test_a_number_is_written_by_its_pattern() -> None:
    assert numbers.written("云汀许〔{year}〕{seq}号", 2026, 12) == "云汀许〔2026〕12号"
    assert numbers.written("{year}-{seq:04}", 2026, 12) == "2026-0012"


@pytest.mark.parametrize("pattern", ["", "云汀许〔{year}〕{seq}号", "{seq:06}/{year}"])
def test_a_pattern_that_tells_every_letter_apart_is_taken(pattern: str) -> None:
    numbers.check(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["云汀许", "{seq}", "{year}", "{year}{seq}{seq}", "{year}{seq}{body}", "{year}{seq", "{year}{seq:9}",
     "{year.__class__}{seq}", "{seq}{year}" + "号" * 60],
)  # fmt: skip
def test_any_other_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(Invalid, match="文号"):
        numbers.check(pattern)
