"""What a tree of categories must look like."""

import pytest

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.catalogue import rules
from zhongshu.registers.catalogue.rules import CategoryRow


def row(code: str, kind: str = "event", name: str = "流动摊贩", scenario: str = "city-event") -> CategoryRow:
    return CategoryRow(code, name, name and "Vendors", kind, scenario)  # type: ignore[arg-type]


def test_a_tree_comes_out_in_the_order_of_its_codes() -> None:
    rows = [row("1402"), row("14"), row("1401")]
    assert [found.code for found in rules.checked(rows)] == ["14", "1401", "1402"]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([row("1")], "code"),
        ([row("14"), row("140")], "code"),
        ([row("14"), row("14011")], "code"),
        ([row("１４")], "code"),
        ([row("14\n")], "code"),
        ([row("1401")], "code"),
        ([row("14", "component"), row("1401")], "code"),
        ([row("14"), row("14")], "code"),
        ([row("14", "animal")], "kind"),
        ([row("14", name="")], "name"),
        ([row("14"), row("1401", scenario="")], "scenario"),
        ([row("14"), row("1401"), row("140101"), row("14010101"), row("1401010101")], "code"),
        ([row("14"), row("140101")], "code"),
        ([row("14", scenario="../x")], "scenario"),
    ],
)
def test_a_row_that_does_not_fit_is_named(rows: list[CategoryRow], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.checked(rows)
    assert refused.value.field == field
    assert rows[-1].code in str(refused.value)


def test_a_class_may_be_without_a_scenario() -> None:
    assert rules.checked([row("14", scenario=""), row("1401")])[0].scenario == ""


def test_a_city_s_own_tree_may_be_finer() -> None:
    rows = rules.checked([row("14"), row("1401"), row("140101")])
    assert [found.parent for found in rows] == [None, "14", "1401"]


@pytest.mark.parametrize("count", [0, rules.MOST_CATEGORIES + 1])
def test_an_empty_or_endless_tree_is_refused(count: int) -> None:
    with pytest.raises(TooLarge):
        rules.checked([row("14")] * count)
