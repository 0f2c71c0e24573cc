"""The tree of categories, imported and asked about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import caches
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.catalogue import actions, queries
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.catalogue.rules import CategoryRow

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ORDER = CategoryRow("14", "街面秩序", "Street order", "event", "city-event")
VENDOR = CategoryRow("1401", "流动摊贩", "Street vendor", "event", "street-vending")
PARKING = CategoryRow("1405", "机动车乱停放", "Parked cars", "event", "city-event")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    caches.forget_all()
    yield
    caches.forget_all()


def imported(*rows: CategoryRow) -> int:
    found = actions.import_categories(rows, by=SYSTEM, at=AT)
    queries.tree.forget()
    return found


def test_a_category_knows_its_scenario_and_its_way_down() -> None:
    assert imported(VENDOR, ORDER) == 2
    assert queries.category("1401").scenario == "street-vending"
    assert [found.name for found in queries.path("1401")] == ["街面秩序", "流动摊贩"]
    assert [found.code for found in queries.path("14")] == ["14"]
    assert queries.category_name("1401", "en") == "Street vendor"
    assert [found.code for found in queries.children(None)] == ["14"]
    assert [found.code for found in queries.children("14")] == ["1401"]


@pytest.mark.parametrize("code", ["1499", "", "14012", "x' OR 1=1"])
def test_an_unknown_category_is_refused_with_its_number(code: str) -> None:
    imported(ORDER, VENDOR)
    with pytest.raises(Invalid, match="没有编号为"):
        queries.category(code)
    assert (queries.path(code), queries.category_name(code)) == ([], "")


def test_importing_the_same_tree_again_changes_nothing_and_leaves_no_entry() -> None:
    imported(ORDER, VENDOR)
    assert imported(VENDOR, ORDER) == 0
    (entry,) = journal.trace("categories", "tree")
    assert entry.verb == "catalogue.categories_imported"
    assert [altered["code"] for altered in entry.facts["altered"]] == ["14", "1401"]


def test_a_category_no_longer_named_ends_and_keeps_its_name_for_its_cases() -> None:
    imported(ORDER, VENDOR)
    assert imported(ORDER, PARKING) == 2
    with pytest.raises(Invalid):
        queries.category("1401")
    assert queries.category_name("1401") == "流动摊贩"
    assert [found.code for found in queries.children("14")] == ["1405"]
    assert journal.trace("categories", "tree")[-1].facts["ended"] == ["1401"]


def test_an_ended_category_can_come_back() -> None:
    imported(ORDER, VENDOR)
    imported(ORDER)
    assert imported(ORDER, VENDOR) == 1
    assert queries.category("1401").ended is None


def test_a_category_can_be_renamed_and_given_another_scenario() -> None:
    imported(ORDER, VENDOR)
    assert imported(ORDER, replace(VENDOR, name="游商", scenario="city-event")) == 1
    found = queries.category("1401")
    assert (found.name, found.scenario) == ("游商", "city-event")


def test_a_row_that_does_not_fit_leaves_the_tree_as_it_was() -> None:
    imported(ORDER, VENDOR)
    with pytest.raises(Invalid):
        imported(ORDER, PARKING, replace(VENDOR, code="9901"))
    assert sorted(queries.tree()) == ["14", "1401"]


def test_the_tree_is_read_once(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    imported(ORDER, VENDOR)
    queries.tree()
    with django_assert_num_queries(0):
        queries.category("1401")
        queries.path("1401")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "145"},
        {"code": "1501"},
        {"code": "140801"},
        {"code": "1401", "parent_id": None},
        {"code": "14"},
        {"kind": "animal"},
        {"scenario": ""},
    ],
)
def test_the_database_keeps_the_shape_of_the_tree(wrong: dict[str, str]) -> None:
    imported(ORDER)
    sound = {
        "code": "1409",
        "parent_id": "14",
        "name": "甲",
        "name_en": "A",
        "kind": "event",
        "scenario": "city-event",
    }
    Category(**sound).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Category(**{**sound, "code": "1408", **wrong}).save(force_insert=True)
