"""The rows behind a number, as their page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhongshu.channels.screen.presenters import names
from zhongshu.engine.cases.queries import lists


@dataclass(frozen=True, slots=True)
class Item:
    """A case in a list: the row, and what is said of it."""

    row: lists.Row
    title: str
    place: str
    body: str
    phase: str
    late: bool


def items(found: Iterable[lists.Row], at: datetime) -> list[Item]:
    """The rows with their names, from memory."""
    return [_item(row, at) for row in found]


def _item(row: lists.Row, at: datetime) -> Item:
    late = row.due is not None and row.due < (row.closed or at)
    return Item(row, names.title(row), names.spot(row.place), names.body(row.body), names.phase(row), late)


def following(found: list[lists.Row], limit: int) -> str:
    """Where the next page begins, for its address; empty on the last. `found` was asked with one more than `limit`."""
    if len(found) <= limit:
        return ""
    last = found[limit - 1]
    return str(lists.After(last.opened, last.id))
