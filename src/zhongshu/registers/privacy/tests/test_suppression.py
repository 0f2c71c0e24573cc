"""What is hidden of a published table cannot be worked out from the rest."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.registers.privacy.rules import suppression
from zhongshu.registers.privacy.rules.suppression import Hidden, hidden, is_small

SETTINGS = settings(max_examples=50, deadline=None, derandomize=True)
Line = tuple[int, int]
"""Closed, and how many of those were late."""
lines_ = st.lists(
    st.integers(0, 9).flatmap(lambda closed: st.tuples(st.just(closed), st.integers(0, closed))), min_size=1, max_size=5
)


def shown(closed: int, late: int) -> set[int]:
    return {closed, *suppression.of_share(late, closed)}


def published(table: list[Line]) -> Hidden:
    return hidden([shown(*line) for line in table], shown(sum(c for c, _ in table), sum(late for _, late in table)))


def possible(table: list[Line], found: Hidden, number: int) -> set[Line]:
    """Every value the hidden line `number` may have for one who sees the rest, and knows that late ones were closed."""
    gone = sorted(found.lines)
    left = [sum(table[n][part] for n in gone) for part in (0, 1)]
    if found.total:
        return {(closed, late) for closed in range(left[0] + 2) for late in range(closed + 1)}
    if len(gone) == 1:
        return {(left[0], left[1])}
    pairs = product(range(left[0] + 1), range(left[1] + 1))
    return {(closed, late) for closed, late in pairs if late <= closed and left[1] - late <= left[0] - closed}


@SETTINGS
@given(lines_)
def test_no_small_figure_stands_in_a_published_line(table: list[Line]) -> None:
    found = published(table)
    assert all(number in found.lines for number, line in enumerate(table) if any(map(is_small, shown(*line))))


@SETTINGS
@given(lines_)
def test_every_hidden_figure_may_have_two_values_at_least(table: list[Line]) -> None:
    found = published(table)
    for number in found.lines:
        values = possible(table, found, number)
        assert table[number] in values
        for part in (0, 1):
            if is_small(table[number][part]):
                assert len({value[part] for value in values}) > 1


@SETTINGS
@given(lines_)
def test_a_table_without_small_figures_is_published_whole(table: list[Line]) -> None:
    large = [(closed * 10 + 20, late + 5) for closed, late in table]
    assert not published(large)


def test_one_small_line_takes_the_smallest_other_along() -> None:
    assert hidden([[3], [40], [12]], [55]) == Hidden(frozenset({0, 2}))


def test_two_small_lines_protect_each_other() -> None:
    assert hidden([[3], [40], [2]], [45]) == Hidden(frozenset({0, 2}))


def test_the_only_line_takes_the_total_along() -> None:
    assert hidden([[3], [0]], [3]) == Hidden(frozenset({0}), total=True)


def test_without_a_total_nothing_else_is_hidden() -> None:
    assert hidden([[3], [40], [12]]) == Hidden(frozenset({0}))


def test_a_share_gives_away_what_is_not_in_it() -> None:
    assert hidden([suppression.of_share(38, 40)]) == Hidden(frozenset({0}))


def test_none_and_five_are_no_small_figures() -> None:
    assert [is_small(n) for n in (-1, 0, 1, 4, 5)] == [False, False, True, True, False]
