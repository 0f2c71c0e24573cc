"""The tree of regions kept in memory."""

import pytest

from zhongshu.registers.places.queries import Name
from zhongshu.registers.places.queries.regions import Tree
from zhongshu.registers.places.rules.codes import Level

TREE = Tree(
    {9901: Name("云汀市", "Yunting"), 990101: Name("鸥林区", "Oulin"), 990101001: Name("鲤陵街道", "Liling")},
    {9901: (990101,), 990101: (990101001,)},
)


def test_the_root_is_what_every_reach_begins_with():
    assert TREE.root == 99 and Tree({}, {}).root == 0


@pytest.mark.parametrize("code", [990101001, 990101001001, "990101001001001"])
def test_a_place_is_named_by_the_regions_that_hold_it_from_the_district_down(code):
    assert [name.zh for name in TREE.path(code)] == ["鸥林区", "鲤陵街道"]


def test_a_path_may_begin_wider():
    assert [name.en for name in TREE.path(990101, Level.PROVINCE)] == ["Yunting", "Oulin"]
