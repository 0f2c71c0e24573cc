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


@pytest.mark.parametrize("silent", ["", "！！", "这个也是的", "12号"])
def test_nearness_alone_makes_nothing_the_same(silent: str) -> None:
    assert not same(silent, "路口的垃圾堆了好几天。", 0)
    assert duplicates.common(silent, silent) is None


@pytest.mark.parametrize(("metres", "found"), [(5, True), (49, False)])
def test_where_the_words_half_agree_nearness_tips_the_scale(metres: float, found: bool) -> None:
    assert same("路灯不亮", "巷口的路灯一闪一闪", metres) is found


def test_the_name_of_the_street_both_stand_in_makes_nothing_alike() -> None:
    one, other = "杨柳路12号树枝断落", "杨柳路30号污水外溢"
    assert duplicates.telling(one) == set("树枝断落")
    assert not same(one, other, 20)


def test_particles_and_numbers_tell_nothing() -> None:
    assert duplicates.telling("这里的3个灯也都不亮了") == set("灯亮")


def test_other_scripts_are_read_by_words_not_letters() -> None:
    assert duplicates.telling("The manhole cover is missing") == {"manhole", "cover", "missing"}
    assert same("The manhole cover is missing", "Manhole without a cover", 10)
    assert not same("The manhole cover is missing", "Rubbish heap at the market gate", 10)


def test_beyond_fifty_metres_nothing_is_the_same() -> None:
    assert not same("路口的垃圾堆了好几天。", "路口的垃圾堆了好几天。", 51)


@LAW
@given(st.text(max_size=60), st.text(max_size=60), st.floats(0, 80))
def test_likeness_does_not_depend_on_who_spoke_first(text: str, said: str, metres: float) -> None:
    there = metres_north(metres)
    one, other = duplicates.likeness(HERE, text, there, said), duplicates.likeness(there, said, HERE, text)
    assert one.words == other.words and one.score == pytest.approx(other.score) and 0 <= one.score <= 1


@LAW
@given(st.lists(st.sampled_from("垃圾车树灯井盖水坑线"), min_size=duplicates.FEWEST, unique=True))
def test_a_text_is_wholly_like_itself_in_any_order(characters: list[str]) -> None:
    assert duplicates.common("".join(characters), "，".join(reversed(characters))) == 1.0
