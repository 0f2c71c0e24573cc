"""Numbers, addresses and times as people write them; what is wrong with each in its own words."""

import pytest

from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.tests.family import FAMILY, FILE, ID_NUMBER, SENT

KINDS = ("id-number", "uscc", "email", "address", "time", "date-time", "date", "file", "phone")
FORM = questionnaire.read(
    {
        "type": "object",
        "properties": {
            **{kind.replace("-", "_"): {"type": "string", "format": kind} for kind in KINDS},
            "amount": {"type": "number", "x-ui": {"widget": "amount"}},
            "files": {"type": "array", "items": {"type": "string", "format": "file"}},
        },
    }
)


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("id_number", "110105 19491231 002x", ID_NUMBER),
        ("id_number", "１１０１０５１９４９１２３１００２Ｘ", ID_NUMBER),
        ("uscc", "91350100 M000100Y43", "91350100M000100Y43"),
        ("email", " li.si@example.com ", "li.si@example.com"),
        ("email", "李四@例子.中国", "李四@例子.中国"),
        ("address", "平江路 1 号", "平江路 1 号"),
        ("time", "8:30", "08:30:00"),
        ("time", "08:30:15", "08:30:15"),
        ("date_time", "2026-03-01T08:30", "2026-03-01T08:30:00+08:00"),
        ("date_time", "2026-03-01T00:30:00Z", "2026-03-01T08:30:00+08:00"),
        ("date", "2026年3月1日", "2026-03-01"),
        ("date", "2026/3/1", "2026-03-01"),
        ("amount", "￥1,234.50", 1234.5),
        ("amount", "12元", 12),
        ("file", FILE, FILE),
        ("files", FILE, [FILE]),
    ],
)
def test_what_people_write_is_understood(name, sent, kept):
    checked = questionnaire.check(FORM, {name: sent})
    assert (checked.problems, checked.warnings, checked.answers) == ({}, {}, {name: kept})


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("id_number", "110105491231002", "15 位的旧号码"),
        ("id_number", "1101051949123100", "应当是 18 位"),
        ("id_number", "110105194912310021", "逐位核对"),
        ("id_number", "110105194913310021", "逐位核对"),
        ("id_number", "110105194902300020", "出生日期有误"),
        ("uscc", "91350100M000100Y4", "应为 18 位"),
        ("email", "li.si@example", "电子邮箱"),
        ("email", "li si@example.com", "电子邮箱"),
        ("time", "25:00", "例如 08:30"),
        ("date_time", "2026-03-01", "日期和时间"),
        ("date_time", "明天", "日期和时间"),
        ("date", "2026-2-30", "真实的日期"),
        ("amount", "1.005", "两位小数"),
        ("amount", "1,5", "填写金额"),
        ("amount", "1e14", "填写金额"),
        ("file", "a.pdf", "文件没有上传成功"),
        ("files", [FILE, FILE], "不能选两次"),
    ],
)
def test_each_fault_has_its_sentence(name, sent, sentence):
    checked = questionnaire.check(FORM, {name: sent})
    assert sentence in str(checked.problems[name])
    assert name not in checked.answers


def test_a_credit_code_whose_check_is_wrong_is_taken_with_a_warning():
    checked = questionnaire.check(FORM, {"uscc": "91350100M000100Y44"})
    assert checked.answers == {"uscc": "91350100M000100Y44"}
    assert "校验位" in str(checked.warnings["uscc"])


def test_a_fault_in_a_row_is_told_beside_it():
    sent = SENT | {"members.1.income": "-1", "members.0.born": "2026-02-30", "rent": "x", "members.3.name": "甲"}
    problems = questionnaire.check(FAMILY, sent).problems
    assert {path: str(problem) for path, problem in problems.items()} == {
        "members.0.born": "请填写真实的日期，例如 2026-03-01。",
        "members.1.income": "不能小于 0，请改正。",
        "members.1.school": "请填写这一项。",
        "members.2.name": "请填写这一项。",
        "rent": "请填写金额，例如 1200 或 35.50。",
    }
    assert list(problems) == list(dict.fromkeys(problems)), "in the order of the questions"


def test_rows_come_from_a_form_and_from_a_program_alike():
    rows = [{"name": "李四", "income": 1200.5, "works": True}, {"name": "李小四", "born": "2015-09-01", "income": 0}]
    program = {"name": "张三", "purpose": "看病", "rented": True, "members": rows}
    assert questionnaire.check(FAMILY, program) == questionnaire.check(FAMILY, SENT)


def test_a_blank_row_at_the_end_is_left_out_and_one_between_is_told():
    sent = {name: text for name, text in SENT.items() if not name.startswith("members.0")}
    assert "members.0.name" in questionnaire.check(FAMILY, sent).problems
    assert "members.2.name" not in questionnaire.check(FAMILY, SENT | {"members.2.name": " "}).problems


def test_a_row_without_anything_that_must_be_answered_is_asked_to_go():
    rows = {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}}
    form = questionnaire.read({"type": "object", "properties": {"r": rows}})
    assert str(questionnaire.check(form, {"r.1.x": "一"}).problems["r.0"]) == "这一行是空的，请填写或去掉。"


@pytest.mark.parametrize(
    ("sent", "path", "sentence"),
    [
        ({"members": "张三"}, "members", "请一行一行地填写。"),
        ({"members": ["张三"]}, "members.0", "请一行一行地填写。"),
        ({"members": [{"name": "甲"}] * 99}, "members", "最多填写 10 行，请减少。"),
        ({}, "members", "请至少填写一行。"),
        ({"members": [{"name": "甲", "admin": 1}]}, "members.0.admin", "这张表没有这一项，请去掉。"),
        ({"members.0.admin": 1}, "members.0.admin", "这张表没有这一项，请去掉。"),
        ({"members.99.name": "甲"}, "members.99.name", "这张表没有这一项，请去掉。"),
    ],
)
def test_rows_that_are_none_are_told(sent, path, sentence):
    assert str(questionnaire.check(FAMILY, sent).problems[path]) == sentence


def test_what_is_worked_out_is_held_to_its_limits():
    problems = questionnaire.check(FAMILY, SENT | {"members.0.income": "100001"}).problems
    assert str(problems["total"]) == "不能大于 100000，请改正。"
