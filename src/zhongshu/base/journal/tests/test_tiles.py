"""Tiles by the names auditors ask for, and edges that do not fit."""

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal.rules import tiles
from zhongshu.base.journal.rules.tiles import Tile, Torn


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(1, 1_234_067), "tile/1/x001/x234/067"),
        (Tile(7, 1_000, 1), "tile/7/x001/000.p/1"),
    ],
)
def test_a_tile_has_one_address(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.read_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/64/000", "tile/00/000", "tile/0/0", "tile/0/x000/001", "tile/0/001/002", "tile/0/000.p/0",
        "tile/0/000.p/256", "tile/0/000.p/007", "tile/0/000/", "tile/entries/000", "tile/0/" + "x001/" * 20 + "000", "",
    ],
)  # fmt: skip
def test_another_spelling_is_refused(path: str) -> None:
    with pytest.raises(Invalid):
        tiles.read_path(path)


def test_the_tree_of_seventy_thousand_is_cut_as_the_standard_says() -> None:
    """c2sp.org/tlog-tiles: 273 full tiles and one of 112; one full and one of 17; one of 1."""
    widths = [tiles.width(place, 70_000) for place in [(0, 272), (0, 273), (0, 274), (1, 0), (1, 1), (2, 0), (3, 0)]]
    assert widths == [256, 112, 0, 256, 17, 1, 0]


def test_the_size_is_read_off_the_edge_or_it_is_torn() -> None:
    full, two, one = b"\0" * 8192, b"\0" * 64, b"\0" * 32
    assert tiles.size_of({}) == 0
    assert tiles.size_of({0: (0, two)}) == 2
    assert tiles.size_of({0: (0, full), 1: (0, one)}) == 256
    assert tiles.size_of({0: (2, one), 1: (0, two)}) == 513
    for torn in (
        {0: (0, full)}, {0: (2, one), 1: (0, one)}, {0: (0, two), 1: (0, one)}, {0: (0, b"\0" * 33)},
        {0: (256, one), 1: (0, full)}, {0: (2, full + one), 1: (0, two)}, {1: (0, one)},
    ):  # fmt: skip
        with pytest.raises(Torn):
            tiles.size_of(torn)


def test_a_root_is_not_made_of_what_is_not_there() -> None:
    with pytest.raises(Torn):
        tiles.roots([(0, 4)], {(0, 0): b"\0" * 96})
