"""How pages say dates, lengths of time, questions and steps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.main.templatetags import house, questions, traces

AT = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "2026年11月22日 14:05"), ("en", "22 Nov 2026, 14:05")])
def test_a_moment_is_said_in_shanghai_time_and_the_pages_language(language: str, said: str) -> None:
    with override(language):
        assert house.moment(AT) == said
        assert house.moment(None) == ""


@pytest.mark.parametrize(("seconds", "said"), [(5, "刚刚"), (90, "1 分钟前"), (7_300, "2 小时前"), (200_000, "2 天前")])
def test_an_age_is_said_in_its_largest_unit(seconds: int, said: str) -> None:
    assert house.age({"at": AT}, AT - timedelta(seconds=seconds)) == said


def test_a_deadline_says_what_is_left_or_missed() -> None:
    assert house.until({"at": AT}, AT + timedelta(hours=3)) == "还有 3 小时"
    assert house.until({"at": AT}, AT - timedelta(minutes=3)) == "已超时 3 分钟"


def form(**fields: Any) -> intake.Questionnaire:
    return intake.read({"type": "object", "properties": fields})


def test_few_options_stand_open_and_many_become_a_list() -> None:
    few = questions.question(form(one={"type": "string", "enum": ["a", "b"]}), "one", {"one": "b"})
    many = questions.question(form(one={"type": "string", "enum": list("abcdefgh")}), "one")
    assert few.template == "forms/options.html"
    assert [o.chosen for o in few.options] == [False, True]
    assert many.template == "forms/select.html"


def test_a_question_shows_what_was_typed_and_what_is_wrong_with_it() -> None:
    known = form(depth={"type": "integer", "title": "深度"})
    wrong = intake.check(known, {"depth": "很深"}).problems
    asked = questions.question(known, "depth", {"depth": "很深"}, wrong)
    assert (
        asked.value == "很深" and asked.problem.startswith("请填写整数") and asked.described_by == "field-depth-wrong"
    )


def step(verb: str, **facts: Any) -> dict[str, Any]:
    return {"number": 1, "verb": verb, "who": "周海", "behalf": "", "at": AT, "facts": facts}


def test_officials_are_named_to_officials_only() -> None:
    line = traces._line(step("case.task_completed", task=""), None, True)
    assert line.who == "周海"
    assert traces._line(step("case.task_completed", task=""), None, False).who == ""


def test_a_task_the_system_gave_to_somebody_says_why() -> None:
    why = {"reasons": [{"sentence": "路程约 {minutes} 分钟。", "gaps": {"minutes": 9}}]}
    line = traces._line(step("case.task_assigned", why=why), None, True)
    assert line.what == "一个环节：系统分给当班人员" and line.note == "路程约 9 分钟。"


def test_reasons_given_among_officials_are_not_told_to_the_reporter() -> None:
    assert traces._line(step("case.task_released", reason="没有车"), None, True).note == "没有车"
    assert traces._line(step("case.task_released", reason="没有车"), None, False).note == ""


def test_the_reporter_is_told_the_words_the_matter_ended_with() -> None:
    ended = step("case.task_completed", outcome={"reason": "不在受理范围，请找物业。"}, finished=True)
    assert traces._line(ended, None, False).note == "不在受理范围，请找物业。"
    going_on = step("case.task_completed", outcome={"reason": "不归我办"}, finished=False)
    assert traces._line(going_on, None, False).note == ""
