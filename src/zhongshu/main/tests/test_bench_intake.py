"""The bench of forms: that it asks what it says, not how fast."""

import argparse

from zhongshu.engine.intake.rules import asking, questionnaire
from zhongshu.main import bench
from zhongshu.main.bench.intake import form

FORM = questionnaire.read(form.document())
ALL = [*FORM.fields, *(inner for field in FORM.fields for inner in field.fields)]


def test_the_form_has_as_many_questions_and_rules_as_it_says():
    rules = [rule for field in ALL for rule in (field.visible, field.mandatory, field.computed) if rule is not None]
    assert (len(ALL), len(rules)) == (form.FIELDS, form.RULES)
    assert [field.limits["maxItems"] for field in FORM.fields if field.kind == "rows"] == [form.ROWS] * form.GROUPS


def test_it_is_filled_in_whole_and_rightly():
    checked = questionnaire.check(FORM, form.answers())
    assert checked.problems == {}
    round_ = asking.round_of(FORM, form.answers())
    assert len(round_.shown) == len(FORM.fields) + form.GROUPS * form.ROWS * 8
    assert None not in round_.computed.values()


def test_the_bench_says_what_page_round_and_check_cost(capsys):
    found = bench.known()["intake"].run("", argparse.Namespace(rounds=1))
    assert {"page_cpu_ms", "round_cpu_ms", "validate_ms", "floor_page_ms", "floor_round_ms"} <= found.keys()
    assert all(value > 0 for value in found.values())
    assert "1/1" in capsys.readouterr().err
