"""Rows of the responsibility table as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch.actions import responsibility
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.engine.dispatch.queries import rows
from zhongshu.registers.places import queries as known
from zhongshu.registers.places.rules import codes

_WHAT_TO_DO = {
    "body": "责任单位已撤销，这一条不起作用：办件按更宽的职责派遣，或由人工派遣。请更换单位，或终止这一条。",
    "category": "类别已停用，不会再有这一类的新办件。可以终止这一条。",
    "place": "地点已不存在，这一条派不到办件。请终止这一条，在新的地点另写一条。",
}


class Row(Protocol):
    """A row as the table or the rules have it."""

    @property
    def category(self) -> str: ...
    @property
    def place(self) -> int: ...
    @property
    def body(self) -> int: ...
    @property
    def trust(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Item:
    """A row with its names; `change` is where to propose another one (empty: not for this visitor)."""

    row: Any
    category: str
    place: str
    body: str
    percent: int
    change: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that does not work, with what is gone and what to do about it."""

    item: Item
    sentences: tuple[str, ...]


def items(found: Iterable[Row], actor: Actor, at: datetime) -> list[Item]:
    """The rows with names from memory; what many rows share is looked up once."""
    scope = permissions.scope(actor, responsibility.PROPOSE, at)
    category, place, body = cache(category_name), cache(place_name), cache(names.body)
    address = reverse("desk:change_duties")
    return [
        Item(
            row=row, category=category(row.category), place=place(row.place), body=body(row.body),
            percent=round(100 * row.trust),
            change=_change(address, row) if scope.covers(codes.ancestors(row.place)) else "",
        )
        for row in found
    ]  # fmt: skip


def _change(address: str, row: Row) -> str:
    return f"{address}?{urlencode({'category': row.category, 'place': str(row.place)})}"


def category_name(code: str) -> str:
    """A category of a row; empty is all."""
    return names.category(code, code) if code else gettext("全部类别")


def place_name(code: int) -> str:
    """A place of a row, from the district down; the city itself by its own name; the code of one that is no more."""
    tree = known.tree()
    return names.place(code) or (names.joined([tree.names[code]]) if code in tree.names else str(code))


def broken(actor: Actor, at: datetime) -> list[Broken]:
    """Rows that do not work where the visitor may read the table."""
    found = rows.broken(permissions.scope(actor, "duties.read", at), at)
    shown = items((row for row, _ in found), actor, at)
    return [
        Broken(item, tuple(gettext(_WHAT_TO_DO[one]) for one in gone))
        for item, (_, gone) in zip(shown, found, strict=True)
    ]


def ending(actor: Actor, at: datetime) -> list[Item]:
    """Rows whose period ends soon where the visitor may read the table."""
    return items(rows.ending(permissions.scope(actor, "duties.read", at), at), actor, at)


def following(found: list[Responsibility], limit: int) -> str:
    """Where the next page begins; empty on the last. `found` are up to one more than `limit`."""
    if len(found) <= limit:
        return ""
    last = found[limit - 1]
    return str(rows.After(last.place, last.category, last.pk))
