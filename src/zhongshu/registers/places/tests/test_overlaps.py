import shapely

from zhongshu.registers.places.rules.overlaps import overlapping

LEFT = shapely.box(121.0, 29.0, 121.01, 29.01)
RIGHT = shapely.box(121.01, 29.0, 121.02, 29.01)
ACROSS = shapely.box(121.009, 29.0, 121.011, 29.001)


def test_neighbours_that_share_a_border_do_not_overlap():
    assert overlapping([LEFT, RIGHT]) == []


def test_a_strip_of_a_hand_does_not_count():
    assert overlapping([LEFT, shapely.box(121.0099999, 29.0, 121.02, 29.01)]) == []


def test_shapes_over_each_other_are_told_in_pairs_with_their_square_metres():
    found = overlapping([LEFT, ACROSS], [RIGHT])
    assert [(i, j) for i, j, _ in found] == [(0, 1), (1, 2)]
    assert all(10_700 < square < 10_900 for *_, square in found)


def test_what_is_already_there_is_not_compared_with_itself():
    assert overlapping([RIGHT], [LEFT, ACROSS, LEFT])[0][:2] == (0, 2)
    assert len(overlapping([RIGHT], [LEFT, LEFT])) == 0
