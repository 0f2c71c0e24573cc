from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.registers.places.rules.city import ComponentRow, RegionRow
from zhongshu.registers.places.rules.plan import Extent, Known, alike, compared, extent

from .conftest import square

HERE = RegionRow("990101", "苇汀区", "Weiting District", square(121.0), 121.005, 29.905)


def test_a_row_is_new_changed_or_the_same():
    known = {HERE.code: Known(HERE)}
    assert compared([HERE], known).same == 1
    renamed = compared([replace(HERE, name="新区")], known).changed[0]
    assert (renamed.renamed, renamed.moved, renamed.returns) == (True, False, False)
    moved = compared([replace(HERE, boundary=square(121.1))], known).changed[0]
    assert (moved.renamed, moved.moved) == (False, True)
    assert compared([replace(HERE, code="990102")], known).new[0].code == "990102"


def test_what_had_ended_returns_even_unchanged():
    assert compared([HERE], {HERE.code: Known(HERE, ended=True)}).changed[0].returns


def test_a_blank_leaves_what_is_there():
    assert RegionRow("990101", "苇汀区").filled(HERE) == HERE
    lamp = ComponentRow("9901010118000001", "c", 121.0, 29.9, "灯", "Lamp", 7, "damaged")
    assert ComponentRow(lamp.code, "c", 121.0, 29.9).filled(lamp) == lamp
    assert ComponentRow(lamp.code, "c", 121.0, 29.9, status="sound").filled(lamp).status == "sound"


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.floats(-1e-7, 1e-7))
def test_rounding_changes_no_outline(little):
    assert alike(square(121.0), square(121.0 + little))


@pytest.mark.parametrize("other", [square(121.00001), {"type": "Point", "coordinates": [121.0, 29.9]}, None])
def test_anything_else_does(other):
    assert not alike(square(121.0), other)


@pytest.mark.parametrize(
    ("found", "within", "lengths"),
    [
        (["990101001001001", "990101001001002"], "990101001001", {15}),
        (["990101001", "990102001"], "9901", {9}),
        (["990101", "990101001"], "9901", {6, 9}),
        (["990101001001001"], "990101001001", {15}),
        (["11", "31"], "", {2}),
        ([], "", set()),
    ],
)
def test_a_file_speaks_of_the_smallest_place_that_holds_its_codes(found, within, lengths):
    assert extent(found) == Extent(within, frozenset(lengths))
