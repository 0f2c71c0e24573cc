"""Taking a file of events in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhongshu.affairs.city.actions.reporting import NewEvent, ready, report
from zhongshu.affairs.city.rules import batch as rules
from zhongshu.affairs.city.rules.batch import Batch, Row
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import scenarios
from zhongshu.registers.catalogue import queries as catalogue


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: a case (`again` when an earlier file had opened it), or why not."""

    row: int
    number: str = ""
    again: bool = False
    refusal: Refusal | None = None


def check_batch(batch: Batch, *, by: Actor, at: datetime) -> list[Outcome]:
    """What importing would refuse, row by row, without opening anything."""
    return [_checked(batch, row, by, at) for row in batch.rows]


def _checked(batch: Batch, row: Row, by: Actor, at: datetime) -> Outcome:
    try:
        ready(_event(batch, row), by, at)
    except Refusal as refusal:
        return Outcome(row.number, refusal=refusal)
    return Outcome(row.number)


def import_batch(batch: Batch, *, by: Actor, at: datetime) -> list[Outcome]:
    """Open a case for every sound row, each in its own transaction; sending the same file again opens nothing new."""
    outcomes = [_taken(batch, row, by, at) for row in batch.rows]
    with transaction.atomic():
        journal.record(
            subject=("batch", batch.digest), verb="city.batch_imported", by=by, at=at,
            body={"rows": len(outcomes), "opened": sum(bool(o.number) and not o.again for o in outcomes),
                  "again": sum(o.again for o in outcomes), "refused": sum(o.refusal is not None for o in outcomes)},
        )  # fmt: skip
    return outcomes


def _taken(batch: Batch, row: Row, by: Actor, at: datetime) -> Outcome:
    try:
        opened = report(_event(batch, row), by=by, at=at)
    except Refusal as refusal:
        return Outcome(row.number, refusal=refusal)
    return Outcome(row.number, opened.number, opened.again)


def _event(batch: Batch, row: Row) -> NewEvent:
    """A row as the event it tells of; Invalid when its category or numbers cannot be read."""
    lon, lat = row.point()
    category = catalogue.category(row.cells.get("category", ""))
    if not category.scenario:
        raise Invalid("请选择更具体的类别。", field="category")
    form = scenarios.newest(category.scenario).form
    return NewEvent(
        key=batch.key(row), source="batch", category=category.code, answers=rules.answers(form, row), lon=lon, lat=lat,
        place=row.cells.get("place", ""), address=row.cells.get("address", ""), name=row.cells.get("name", ""),
        phone=row.cells.get("phone", ""),
    )  # fmt: skip
