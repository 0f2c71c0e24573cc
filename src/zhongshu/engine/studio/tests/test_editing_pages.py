"""The page of settings changed key by key."""

import pytest

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.engine.cases.rules import settings
from zhongshu.engine.studio.rules.editing import pages

PAGE = """# Fallen trees.
code = "fallen-tree"
name = "倒树"
name_en = "Fallen tree"
prefix = "DS"
process = "process.bpmn"
form = "form.json"

[case]
deadline = "1 working_days"  # by decree 12
responsible = "dispatch.body"

[supplement]
tasks = ["accept"]
days = "5 working_days"

[phases]
accepting = { name = "待受理", name_en = "To accept" }
closed = { name = "已办结", name_en = "Closed" }

[tasks.accept]
phase = "accepting"
name_en = "Accept"
role = "acceptor"
pool = "district"

[tasks.clear]
phase = "accepting"
name_en = "Clear"
role = "handler"
pool = "body"
apart = ["accept"]

[deadlines]
15 = { accept = "2 hours" }
16 = { accept = "2 hours", clear = "1 hour" }
"""


def test_a_key_is_changed_and_everything_else_is_as_it_was():
    changed = pages.said(PAGE, ("case",), {"deadline": "2 working_days"})
    assert changed == PAGE.replace('"1 working_days"', '"2 working_days"')
    assert pages.said(changed, ("case",), {"deadline": "1 working_days"}) == PAGE


def test_an_empty_value_takes_its_key_away():
    assert pages.said(PAGE, ("tasks", "clear"), {"apart": [], "role": "handler"}) == PAGE.replace(
        'apart = ["accept"]\n', ""
    )


def test_tables_that_are_new_are_made():
    changed = pages.said(PAGE, ("phases", "checking"), {"name": "待核查", "name_en": "To check"})
    changed = pages.said(changed, ("tasks", "check"), {"phase": "checking", "name_en": "Check", "pool": "street"})
    read = settings.read(changed)
    assert read.phases["checking"].name == "待核查"
    assert read.tasks["check"].pool == "street"
    assert 'checking = {name = "待核查", name_en = "To check"}' in changed


def test_a_new_page_takes_what_it_is_told():
    text = pages.new("asking", "征询", "Asking", "ZX")
    text = pages.said(text, ("case",), {"deadline": "5 working_days", "responsible": "own_body"})
    text = pages.said(text, ("phases", "closed"), {"name": "已办结", "name_en": "Closed"})
    assert settings.read(text).case.responsible == "own_body"


def test_tasks_follow_the_process():
    fitted = pages.fitted(PAGE, ["accept", "survey", "clear"])
    assert settings.read(fitted).tasks["survey"].role == "acceptor", "as the one before it"
    assert pages.fitted(PAGE, ["accept", "clear"]) == PAGE
    gone = settings.read(pages.fitted(PAGE, ["clear"]))
    assert set(gone.tasks) == {"clear"}
    assert gone.tasks["clear"].apart == ()
    assert gone.supplement is None
    assert gone.deadlines == {"16": {"clear": "1 hour"}}


def test_what_is_not_there_cannot_be_dropped():
    with pytest.raises(Absent):
        pages.dropped(PAGE, ("tasks", "fell"))


@pytest.mark.parametrize("text", ["code = ", "[case", "a = 1\na = 2"])
def test_what_is_no_settings_is_refused_in_words(text):
    with pytest.raises(Invalid, match=r"scenario.toml 有误"):
        pages.read(text)


def test_a_value_is_not_taken_for_a_table():
    with pytest.raises(Invalid, match="code"):
        pages.said(PAGE, ("code", "deep"), {"name": "x"})


def test_a_table_says_only_what_it_is_told_and_goes_with_the_last_of_it():
    lanes = pages.only(PAGE, ("lanes",), {"窗口": "counter", "后台": "handler", "空": ""})
    assert settings.read(lanes).lanes == {"窗口": "counter", "后台": "handler"}
    assert settings.read(pages.only(lanes, ("lanes",), {"窗口": "acceptor"})).lanes == {"窗口": "acceptor"}
    assert "lanes" not in pages.read(pages.only(lanes, ("lanes",), {}))
    assert pages.only(PAGE, ("lanes",), {}) == PAGE


def test_what_is_said_already_stays_as_it_is_written():
    quoted = PAGE.replace('responsible = "dispatch.body"', """responsible = 'if a = "b" then 1 else 2'""")
    value = 'if a = "b" then 1 else 2'
    assert pages.said(quoted, ("case",), {"responsible": value, "deadline": "1 working_days"}) == quoted
    assert pages.said(PAGE, ("case",), {"responsible": value}) == quoted
    for odd in ('it\'s "so"', 'two\nlines "so"'):
        assert settings.read(pages.said(PAGE, ("case",), {"deadline": "1 hour", "ended": odd})).case.ended == odd
