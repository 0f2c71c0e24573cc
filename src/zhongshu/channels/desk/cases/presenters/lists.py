"""Cases as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse

from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import lists, scenarios
from zhongshu.engine.cases.rules import alarms

_ANY = "NUMBER"


@dataclass(frozen=True, slots=True)
class Item:
    """A case in a list: the row (the badge and times are made from it), what is said of it, and where its links go."""

    row: lists.Row
    address: str
    title: str
    body: str
    body_address: str
    place: str
    source: str
    urgency: str


def items(rows: Iterable[lists.Row], at: datetime) -> list[Item]:
    """The rows with their names, from memory; what many rows share is looked up once."""
    pattern = reverse("desk:case", args=[_ANY])
    title, body, place, source = cache(names.category), cache(names.body), cache(names.place), cache(names.source)
    body_address = cache(_body_address)
    return [
        Item(
            row=row, address=pattern.replace(_ANY, row.number), title=title(row.category, row.title),
            body=body(row.body), body_address=body_address(row.body), place=place(row.place),
            source=source(row.source), urgency=_urgency(row, at),
        )
        for row in rows
    ]  # fmt: skip


def _urgency(row: lists.Row, at: datetime) -> str:
    return "" if row.closed else alarms.urgency(row.opened, row.due, at, scenarios.alarms(row.scenario, row.version))


def _body_address(body: int | None) -> str:
    return reverse("desk:body", args=[body]) if body else ""


def following(rows: list[lists.Row], limit: int) -> str:
    """Where the next page begins, for its address; empty on the last page. `rows` are up to one more than `limit`."""
    if len(rows) <= limit:
        return ""
    last = rows[limit - 1]
    return str(lists.After(last.opened, last.id))
