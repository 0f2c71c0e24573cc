"""What a text is about."""

from datetime import date

import pytest

from zhongshu.engine.dispatch.rules import suggestions
from zhongshu.engine.dispatch.rules.suggestions import Wording

DAY = date(2025, 3, 3)


@pytest.fixture
def taught():
    learner = Wording()
    for number in range(1, 6):
        learner.learn(f"第{number}中学门口路面破损严重，路面坑洼", "道路", DAY)
        learner.learn(f"工地夜间施工噪声扰民，{number}点还在施工", "噪声", DAY)
    return learner


def test_a_text_goes_to_the_category_whose_words_it_uses_and_says_which(taught):
    found = taught.rank("小区外路面坑洼，请来修", DAY)
    assert found.choices[0].category == "道路" and not found.refused
    assert set(found.choices[0].pairs) <= {"路面", "面坑", "坑洼"} and found.choices[0].pairs
    assert sum(choice.score for choice in found.choices) == pytest.approx(1)


def test_a_text_of_words_never_seen_goes_to_a_person(taught):
    assert taught.rank("孩子入学怎么报名", DAY).refused
    assert taught.rank("", DAY).refused


def test_with_nothing_learned_nothing_is_suggested():
    assert Wording().rank("路面破损", DAY) == suggestions.Suggestions((), refused=True)


def test_a_correction_teaches(taught):
    text = "路面施工噪声"
    before = {c.category: c.score for c in taught.rank(text, DAY).choices}
    taught.learn(text, "噪声", DAY, weight=-1)
    taught.learn(text, "道路", DAY)
    after = {c.category: c.score for c in taught.rank(text, DAY).choices}
    assert after["道路"] > before["道路"]


def test_keys_are_each_pair_once_parted_by_signs_and_digits_and_bounded():
    assert suggestions.text_keys("路面，路面3号A座 Ok") == ("路面", "号a", "a座", "ok")
    assert suggestions.keys("路面") == ("*", "路面")
    assert suggestions.touched("路面", "道路") == (("*", "道路"), ("路面", "道路"))
    assert len(suggestions.text_keys("".join(chr(0x4E00 + n) for n in range(2000)))) == suggestions.MOST_PAIRS
