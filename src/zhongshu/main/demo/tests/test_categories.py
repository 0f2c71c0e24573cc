"""The demo city's tree of categories agrees with its components and with the scenarios that come along."""

import tomllib
from pathlib import Path

from zhongshu.main.demo.categories import ROWS
from zhongshu.main.demo.geography.furniture import KINDS
from zhongshu.registers.catalogue import rules

SCENARIOS = {
    page.parent.name: tomllib.loads(page.read_text("utf-8"))
    for page in (Path(__file__).parents[5] / "scenarios").glob("*/scenario.toml")
}


def test_the_tree_can_be_imported() -> None:
    assert tuple(rules.checked(ROWS)) == ROWS


def test_every_category_leads_to_a_scenario_that_is_there_and_no_class_does() -> None:
    assert {row.scenario for row in ROWS if row.parent} == set(SCENARIOS)
    assert {row.scenario for row in ROWS if not row.parent} == {""}


def test_every_kind_of_component_in_the_streets_is_a_category_of_the_same_name() -> None:
    named = {row.code: (row.name, row.name_en) for row in ROWS if row.kind == "component"}
    for kind in KINDS:
        assert named[kind.code] == (kind.minor, kind.minor_en)
        assert named[kind.code[:2]] == (kind.major, kind.major_en)


def test_terms_are_written_for_categories_that_walk_that_scenario() -> None:
    for code, page in SCENARIOS.items():
        under = {row.code for row in ROWS if row.scenario == code}
        for category in page["deadlines"]:
            assert any(found.startswith(category) for found in under), (code, category)


def test_no_two_categories_of_a_class_share_a_name() -> None:
    assert len({(row.parent, row.name) for row in ROWS}) == len(ROWS)
    assert len({(row.parent, row.name_en) for row in ROWS}) == len(ROWS)
