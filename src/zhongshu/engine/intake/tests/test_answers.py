"""Checking answers: a form's texts and a program's JSON come to the same, and each fault has its sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.intake.rules import questionnaire

PHOTO = "018f3b2e-7c1a-7def-8abc-0123456789ab"
POTHOLE = questionnaire.read(
    {
        "type": "object",
        "title": "道路坑洼",
        "properties": {
            "road": {"type": "string", "title": "路名", "minLength": 2, "maxLength": 10},
            "story": {"type": "string", "x-ui": {"widget": "textarea"}},
            "depth": {"type": "number", "minimum": 1, "maximum": 200, "multipleOf": 0.01},
            "count": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 100},
            "lane": {"type": "string", "enum": ["fast", "slow"]},
            "signs": {"type": "array", "items": {"type": "string", "enum": ["x", "y", "z"]}, "minItems": 2},
            "seen": {"type": "string", "format": "date"},
            "photos": {"type": "array", "items": {"type": "string", "format": "photo"}, "maxItems": 2},
            "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
            "true_told": {"type": "boolean", "const": True},
            "hurt": {"type": "boolean"},
            "phone": {"type": "string", "format": "phone", "x-ui": {"visible": "hurt"}},
            "time": {"type": "string", "x-ui": {"visible": 'starts with(phone, "1")'}},
        },
        "required": ["road", "phone"],
    }
)


def check(**answers):
    return questionnaire.check(POTHOLE, {"road": "中山路"} | answers)


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("road", "  中山路 ", "中山路"),
        ("road", ["中山路"], "中山路"),
        ("story", "一\r\n二\r三", "一\n二\n三"),
        ("depth", "12.50", 12.5),
        ("depth", "１２", 12),
        ("depth", "19.99", 19.99),
        ("depth", 12.0, 12),
        ("count", "+7", 7),
        ("lane", "slow", "slow"),
        ("signs", ["x", "", "y"], ["x", "y"]),
        ("seen", "2026-03-01", "2026-03-01"),
        ("seen", "2026-03-01T08:00:00+08:00", "2026-03-01"),
        ("photos", PHOTO, [PHOTO]),
        ("code", "AB123", "AB123"),
        ("true_told", "on", True),
        ("hurt", "否", False),
        ("hurt", False, False),
    ],
)
def test_a_form_and_a_program_come_to_the_same_answer(name, sent, kept):
    checked = check(**{name: sent})
    assert checked.problems == {}
    assert checked.answers[name] == kept
    assert type(checked.answers[name]) is type(kept)


@pytest.mark.parametrize("blank", ["", "  ", None, [], [""]])
def test_blank_is_not_answered(blank):
    assert check(signs=blank, lane=blank).answers == {"road": "中山路"}
    assert str(check(road=blank).problems["road"]) == "请填写这一项。"


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("road", "路", "请至少填写 2 个字。"),
        ("road", "长" * 11, "最多填写 10 个字，现在有 11 个字，请删减。"),
        ("road", 5, "请填写一段文字。"),
        ("road", ["中山路", "北京路"], "请填写一段文字。"),
        ("road", "中山\x00路", "里面有不能识别的字符，请重新输入。"),
        ("road", "中山\ud800路", "里面有不能识别的字符，请重新输入。"),
        ("road", "中山\u202e路", "里面有不能识别的字符，请重新输入。"),
        ("road", "中山\n路", "请写成一行，不要换行。"),
        ("story", "长" * 2001, "最多填写 2000 个字，现在有 2001 个字，请删减。"),
        ("depth", "很深", "请填写数字，例如 12 或 3.5。"),
        ("depth", "1_000", "请填写数字，例如 12 或 3.5。"),
        ("depth", "nan", "请填写数字，例如 12 或 3.5。"),
        ("depth", float("inf"), "请填写数字，例如 12 或 3.5。"),
        ("depth", True, "请填写数字，例如 12 或 3.5。"),
        ("depth", "0.5", "不能小于 1，请改正。"),
        ("depth", 1e300, "不能大于 200，请改正。"),
        ("depth", "1.005", "应当是 0.01 的整数倍，请改正。"),
        ("count", "1.5", "请填写整数，例如 12。"),
        ("count", "0", "应当大于 0，请改正。"),
        ("count", "100", "应当小于 100，请改正。"),
        ("lane", "middle", "请从列出的选项中选择。"),
        ("lane", {"x": 1}, "请填写一段文字。"),
        ("signs", ["x"], "请至少选 2 项。"),
        ("signs", ["x", "x"], "同一项不能选两次，请去掉重复的。"),
        ("signs", ["x", "w"], "请从列出的选项中选择。"),
        ("seen", "2026-02-30", "请填写真实的日期，例如 2026-03-01。"),
        ("photos", "photo.jpg", "照片没有上传成功，请重新上传。"),
        ("photos", [PHOTO] * 100_000, "最多选 2 项，请减少。"),
        ("code", "ab123", "格式不对，请按说明填写。"),
        ("true_told", "off", "请阅读后确认。"),
        ("hurt", "也许", "请选择是或否。"),
    ],
)
def test_each_fault_has_its_sentence_beside_its_field(name, sent, sentence):
    checked = check(**{name: sent})
    assert {field: str(problem) for field, problem in checked.problems.items()} == {name: sentence}
    assert name not in checked.answers


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("025-12345678", "025-12345678"),
        ("400-123-4567", "400-123-4567"),
        ("+4930123456", "+4930123456"),
    ],
)
def test_a_phone_number_may_be_written_as_people_write_it(sent, kept):
    assert check(hurt=True, phone=sent).answers["phone"] == kept


@pytest.mark.parametrize("sent", ["12345", "1380013800", "138001380001", "二八"])
def test_a_number_nobody_can_be_called_at_is_refused(sent):
    assert "手机号码" in str(check(hurt=True, phone=sent).problems["phone"])


def test_a_question_is_required_only_where_it_is_asked():
    assert "phone" in check(hurt=True).problems
    assert check(hurt=False).problems == {}
    assert check().problems == {}


def test_what_is_sent_for_a_question_not_asked_is_dropped():
    checked = check(hurt="off", phone="不是号码", time="晚上")
    assert checked.answers == {"road": "中山路", "hurt": False}
    assert checked.problems == {}


def test_what_hangs_on_a_dropped_answer_is_dropped_too():
    shown = check(hurt="on", phone="13800138000", time="晚上")
    hidden = check(hurt="off", phone="13800138000", time="晚上")
    assert "time" in shown.answers
    assert "time" not in hidden.answers


def test_what_is_not_asked_is_refused_by_name():
    checked = check(is_staff="true")
    assert str(checked.problems["is_staff"]) == "这张表没有这一项，请去掉。"
    assert "is_staff" not in checked.answers


def test_a_flood_of_unknown_names_is_answered_briefly():
    assert len(check(**{f"x{n}": 1 for n in range(1_000)}).problems) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from([field.name for field in POTHOLE.fields])


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.dictionaries(NAMES, JSON))
def test_any_answers_are_kept_or_have_a_sentence(answers):
    checked = questionnaire.check(POTHOLE, answers)
    assert not checked.answers.keys() & checked.problems.keys()
    assert all(str(problem) for problem in checked.problems.values())


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.dictionaries(NAMES, JSON))
def test_kept_answers_pass_again_unchanged(answers):
    kept = questionnaire.check(POTHOLE, answers).answers
    again = questionnaire.check(POTHOLE, kept)
    assert {name: again.answers.get(name, kept[name]) for name in kept} == kept
