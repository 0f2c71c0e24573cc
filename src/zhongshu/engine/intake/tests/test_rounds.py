"""A round of a form: what is shown, what must be answered, what works out to what."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.intake.rules import asking, questionnaire, rounds
from zhongshu.engine.intake.tests.family import FAMILY, FILE, SENT


def settle(**more):
    return asking.round_of(FAMILY, SENT | more)


def test_a_row_reads_its_own_questions_first_and_what_is_outside_next():
    answers = settle().answers
    assert [row["greeting"] for row in answers["members"]] == ["李四，看病", "李小四，看病"]


def test_what_is_outside_reads_rows_as_a_list():
    assert settle().computed["total"] == 1200.5


def test_dates_are_days_for_the_rules():
    shown = settle().shown
    assert "members.1.school" in shown
    assert "members.0.school" not in shown


def test_an_answer_may_be_required_under_a_condition():
    assert settle().required == {
        "name",
        "members",
        "rent",
        "members.0.name",
        "members.0.income",
        "members.1.name",
        "members.1.school",
    }
    rich = settle(**{"members.1.income": "9000", "rented": "no"})
    assert rich.required == {"name", "members", "members.0.name", "members.0.income", "members.1.name"}


def test_a_step_that_is_not_walked_asks_nothing():
    assert [step.name for step in rounds.walked(FAMILY, settle())] == ["who", "home", "papers"]
    rich = settle(**{"members.1.income": "9000", "proof": FILE})
    assert [step.name for step in rounds.walked(FAMILY, rich)] == ["who", "home"]
    assert "proof" not in rich.answers


def test_a_hidden_question_has_no_answer_for_the_rules_after_it():
    form = questionnaire.read(
        {
            "type": "object",
            "properties": {
                "a": {"type": "boolean"},
                "b": {"type": "string", "x-ui": {"visible": "a"}},
                "c": {"type": "string", "x-ui": {"visible": "is defined(b)"}},
            },
        }
    )
    assert asking.round_of(form, {"a": "yes", "b": "x"}).shown == {"a", "b", "c"}
    assert asking.round_of(form, {"a": "no", "b": "x"}).shown == {"a"}


def test_what_is_typed_into_a_computed_question_counts_for_nothing():
    assert settle(total="99999").answers["total"] == 1200.5


def test_what_does_not_work_out_is_named_and_empty():
    round_ = settle(**{"members.0.income": "很多"})
    assert round_.computed["total"] is None
    assert "total" not in round_.answers


def test_money_that_is_worked_out_is_rounded_to_the_fen():
    form = questionnaire.read(
        {
            "type": "object",
            "properties": {
                "a": {"type": "number"},
                "share": {"type": "number", "x-ui": {"widget": "amount", "computed": "a / 3"}},
                "whole": {"type": "integer", "x-ui": {"computed": "a / 2"}},
                "on": {"type": "string", "format": "date", "x-ui": {"computed": 'date("2026-01-30") + @"P1D"'}},
            },
        }
    )  # fmt: skip
    assert rounds.settle(form, {"a": 5}).answers == {"a": 5, "share": 1.67, "on": "2026-01-31"}
    assert rounds.settle(form, {"a": 4}).answers == {"a": 4, "share": 1.33, "whole": 2, "on": "2026-01-31"}


TEXTS = st.sampled_from(["", "on", "no", "张三", "1200", "0", "3000.10", "2015-09-01", "很多"])
ROW = [f"members.{n}.{name}" for n in range(3) for name in ("name", "born", "works", "income", "school", "greeting")]
FORMS = st.dictionaries(st.sampled_from(["name", "purpose", "rented", "rent", "total", "proof", *ROW]), TEXTS)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(FORMS)
def test_settling_what_has_been_settled_changes_nothing(sent):
    once = asking.round_of(FAMILY, sent)
    again = rounds.settle(FAMILY, once.answers)
    assert again == once


@settings(max_examples=50, deadline=None, derandomize=True)
@given(FORMS)
def test_it_does_not_matter_in_which_order_answers_come(sent):
    turned = dict(reversed(sent.items()))
    assert asking.round_of(FAMILY, turned) == asking.round_of(FAMILY, sent)
    assert questionnaire.check(FAMILY, turned) == questionnaire.check(FAMILY, sent)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(FORMS)
def test_nothing_is_wrong_with_a_question_that_is_not_shown(sent):
    shown = asking.round_of(FAMILY, sent).shown
    problems = questionnaire.check(FAMILY, sent).problems
    rows = {f"members.{n}" for n in range(3)}
    assert problems.keys() <= shown | rows
