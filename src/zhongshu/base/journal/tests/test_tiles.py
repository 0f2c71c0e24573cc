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


def test_an_edge_of_another_size_is_not_grown() -> None:
    with pytest.raises(Torn):
        tiles.grow({0: b"\0" * 64}, 3, [b"\1" * 32])
    with pytest.raises(Torn):
        tiles.roots([(0, 4)], {(0, 0): b"\0" * 96})
