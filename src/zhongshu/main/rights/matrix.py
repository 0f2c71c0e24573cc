"""The matrix as rows: an address a line, a kind of visitor a column, the expected answer in each cell."""

from collections.abc import Iterator

from zhongshu.main.rights import addresses
from zhongshu.main.rights.expected import VISITORS, expected
from zhongshu.main.rights.lines import LINES


def rows() -> Iterator[list[str]]:
    """The head, then a row for every address and method: method, name, address, and an answer for each visitor."""
    yield ["method", "name", "address", *(visitor.name for visitor in VISITORS)]
    for name, line in sorted(LINES.items(), key=lambda one: one[0].partition(" ")[::-1]):
        door = addresses.door(name)
        method, _, called = name.partition(" ")
        yield [method, called, f"/{door.pattern}", *(expected(door, line, visitor) for visitor in VISITORS)]
