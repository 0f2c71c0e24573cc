"""Deadlines in their parts, and back as the page of settings keeps them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.queries import patterns
from zhongshu.engine.studio.rules.editing import outline, terms
from zhongshu.engine.studio.rules.editing.terms import Limit

ASKED = ("answers.by", "plan.until")
TERMS = st.builds(Limit, st.just("term"), st.integers(0, 36_500).map(str), st.sampled_from(terms.UNITS))
TIMES = st.times().map(lambda time: f"{time:%H:%M}") | st.just("")
QUESTIONS = st.builds(Limit, st.just("question"), question=st.sampled_from(ASKED), time=TIMES)
FEEL = st.sampled_from(["started.at", 'answers.by + duration("P1D")', "if a.b then answers.by else plan.until"])
LIMITS = st.just(Limit()) | TERMS | QUESTIONS | st.builds(Limit, st.just("feel"), feel=FEEL)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(LIMITS)
def test_a_deadline_that_is_written_reads_as_what_it_was(limit):
    assert terms.read(terms.write(limit, ASKED, "due"), ASKED) == limit


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("", "none"),
        ("30 minutes", "term"),
        ("5 working_days", "term"),
        ("= answers.by", "question"),
        ('= date and time(date(answers.by), time("18:00:00"))', "question"),
        ("= other.by", "feel"),
        ('= if conclude.result = "again" then conclude.day else answers.by', "feel"),
    ],
)
def test_a_deadline_of_the_page_is_written_back_as_it_was(text, how):
    limit = terms.read(text, ASKED)
    assert limit.how == how
    assert terms.write(limit, ASKED, "due") == text


@pytest.mark.parametrize(
    ("limit", "field"),
    [
        (Limit("term", "some time"), "due-amount"),
        (Limit("term", "-1"), "due-amount"),
        (Limit("term", "99999999"), "due-amount"),
        (Limit("term", "5", "weeks"), "due-unit"),
        (Limit("question", question="answers.name"), "due-question"),
        (Limit("question", question="answers.by", time="25:00"), "due-time"),
        (Limit("feel", feel=" = "), "due-feel"),
        (Limit("feel", feel="1 +"), "due-feel"),
        (Limit("soon"), "due-how"),
    ],
)
def test_what_is_no_deadline_is_refused_at_its_part(limit, field):
    with pytest.raises(Invalid) as refused:
        terms.write(limit, ASKED, "due")
    assert refused.value.field == field


def test_what_was_no_deadline_stands_where_its_author_can_change_it():
    assert terms.read("some time", ASKED) == Limit("term", "some time")


def test_the_tasks_of_a_drawing_stand_in_the_order_they_are_done():
    found = outline.read(patterns.files("joint-review"))
    assert list(found.tasks.values()) == ["会审", "汇总意见", "签发"]
    assert found.each == {"review"}
    assert list(found.starts) == ["start"]


def test_the_tasks_of_a_process_that_is_called_come_too():
    files = patterns.files("joint-review")
    other = files["process.bpmn"].replace('id="joint_review"', 'id="other"').replace('"review"', '"survey"')
    caller = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
        <process id="caller" isExecutable="true"><startEvent id="start"/><callActivity id="call" calledElement="other"/>
        <sequenceFlow id="f" sourceRef="start" targetRef="call"/></process></definitions>"""
    found = outline.read({"process.bpmn": caller, "other.bpmn": other, "stray.bpmn": files["process.bpmn"]})
    assert list(found.tasks) == ["survey", "conclude", "confirm"]
    assert list(found.starts) == ["start"]


def test_a_drawing_that_is_none_has_nothing():
    assert outline.read({"process.bpmn": "<a/>"}) == outline.Outline()
    assert outline.read({}) == outline.Outline()


def test_a_deadline_may_be_written_in_two_ways():
    assert terms.same("1 hour", "1 hours")
    assert not terms.same("1 hour", "")
    assert not terms.same("= a.b", "= a.c")
