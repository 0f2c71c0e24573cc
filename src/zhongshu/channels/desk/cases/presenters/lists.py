"""Cases as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhongshu.channels.desk.presenters import names
from zhongshu.engine.cases.queries import lists


@dataclass(frozen=True, slots=True)
class Item:
    """A case in a list: the row (the badge and times are made from it) and what is said of it."""

    row: lists.Row
    title: str
    body: str
    place: str
    source: str
    late: bool


def items(rows: Iterable[lists.Row], at: datetime) -> list[Item]:
    """The rows with their names, from memory."""
    return [_item(row, at) for row in rows]


def _item(row: lists.Row, at: datetime) -> Item:
    return Item(
        row=row,
        title=names.category(row.category, row.title),
        body=names.body(row.body),
        place=names.place(row.place),
        source=names.source(row.source),
        late=row.closed is None and row.due is not None and row.due < at,
    )


def following(rows: list[lists.Row], limit: int) -> str:
    """Where the next page begins, for its address; empty on the last page. `rows` are up to one more than `limit`."""
    if len(rows) <= limit:
        return ""
    last = rows[limit - 1]
    return str(lists.After(last.opened, last.id))
