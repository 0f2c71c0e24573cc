"""Whether two reports tell of the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.cases.rules import duplicates

HERE = (121.0, 29.9)
LAW = settings(max_examples=50, deadline=None, derandomize=True)


def metres_north(metres: float) -> tuple[float, float]:
    return HERE[0], HERE[1] + metres / 111_195


def same(text: str, said: str, metres: float) -> bool:
    return duplicates.likeness(HERE, text, metres_north(metres), said).same


def test_the_same_thing_in_other_words_is_found() -> None:
    assert same("路口的垃圾堆了好几天，很臭。", "垃圾在路口堆着没人清，气味很大，好几天了", 20)


def test_another_thing_at_the_same_junction_is_not() -> None:
    assert not same("人行道地砖松动，老人绊倒了。", "树枝挡住了红绿灯，司机看不见", 15)


@pytest.mark.parametrize(("metres", "found"), [(10, True), (24, True), (26, False), (49, False)])
def test_without_words_nearness_alone_decides(metres: float, found: bool) -> None:
    assert same("", "路口的垃圾堆了好几天。", metres) is found


def test_beyond_fifty_metres_nothing_is_the_same() -> None:
    assert not same("路口的垃圾堆了好几天。", "路口的垃圾堆了好几天。", 51)


@LAW
@given(st.text(max_size=60), st.text(max_size=60), st.floats(0, 80))
def test_likeness_does_not_depend_on_who_spoke_first(text: str, said: str, metres: float) -> None:
    there = metres_north(metres)
    one, other = duplicates.likeness(HERE, text, there, said), duplicates.likeness(there, said, HERE, text)
    assert one.words == other.words and one.score == pytest.approx(other.score) and 0 <= one.score <= 1


@LAW
@given(st.text("路口垃圾车道树灯井盖水", min_size=4, max_size=40))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert duplicates.common(text, text) == 1.0
