"""What may be asked of an applicant, how often and when, and what counts as an answer: without a database."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases.rules import supplement, urging
from zhongshu.engine.cases.rules.settings import SupplementSettings
from zhongshu.engine.cases.rules.supplement import Answer, Item
from zhongshu.engine.intake.rules.answers import Unfit

AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
ONCE = SupplementSettings(tasks=("accept",), days="5 working_days")
ASKED = (Item("噪声的时间", "查不到时段"), Item("门牌号", "找不到地方"))
PHOTO = UUID("019a0000-0000-7000-8000-00000000000f")
words = st.text(alphabet="补正材料 ab", max_size=4)


@given(st.lists(st.tuples(words, words), max_size=6))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_list_keeps_every_row_in_its_order_or_is_refused_as_a_whole(pairs: list[tuple[str, str]]) -> None:
    rows = [(what.strip(), why.strip()) for what, why in pairs if what.strip() or why.strip()]
    if rows and all(what and why for what, why in rows):
        assert [(item.what, item.why) for item in supplement.items(pairs)] == rows
    else:
        with pytest.raises(Invalid):
            supplement.items(pairs)


def test_a_list_has_its_bounds() -> None:
    with pytest.raises(Invalid, match="一次最多列 20 项"):
        supplement.items([("材料", "缺")] * 21)
    with pytest.raises(Invalid, match="每一项最多 200 个字"):
        supplement.items([("材料", "缺" * 201)])


def test_it_is_asked_once_unless_a_law_allows_more() -> None:
    law = SupplementSettings(tasks=("accept",), days="5 working_days", law="《某条例》第十条")
    assert supplement.allowed(ONCE, "accept", 0) == supplement.allowed(law, "accept", 0) == ""
    assert supplement.allowed(law, "accept", 1) == "《某条例》第十条"
    with pytest.raises(Conflict, match="只能一次告知"):
        supplement.allowed(ONCE, "accept", 1)


@pytest.mark.parametrize("asking", [None, ONCE])
def test_only_the_tasks_that_may_ask_do(asking: SupplementSettings | None) -> None:
    with pytest.raises(Forbidden, match="不能要求申请人补正"):
        supplement.allowed(asking, "handle", 0)


def test_every_item_wants_words_or_photos_and_each_that_has_none_is_named() -> None:
    came = {"text_1": " 夜里 ", "photos_2": [str(PHOTO)]}
    assert supplement.answers(ASKED, came) == (Answer("夜里"), Answer(photos=(PHOTO,)))
    with pytest.raises(Unfit) as refused:
        supplement.answers(ASKED, {"text_1": "字" * 1001, "text_3": "没有问的"})
    assert set(refused.value.problems) == {"text_1", "text_2", "text_3"}


def test_the_form_asks_for_each_item_by_what_it_is_and_says_why() -> None:
    asked = supplement.form(ASKED).fields
    assert [(field.kind, field.title) for field in asked[:2]] == [
        ("longtext", "噪声的时间"),
        ("photo", "照片：噪声的时间"),
    ]
    assert asked[2].help == "找不到地方"


def test_an_applicant_urges_once_a_day_of_the_calendar_in_shanghai() -> None:
    late = datetime.fromisoformat("2026-03-02T15:59:00+00:00")  # 23:59 there
    assert urging.today(late, late) and not urging.today(late, late + timedelta(minutes=1))
    with pytest.raises(Conflict, match="明天可以再催"):
        urging.by_applicant(AT, AT + timedelta(hours=9))


def test_an_official_urges_again_after_an_hour() -> None:
    urging.by_official(None, AT)
    urging.by_official(AT, AT + timedelta(hours=1))
    with pytest.raises(Conflict, match="一小时后"):
        urging.by_official(AT, AT + timedelta(minutes=59))
