"""Taking in a file of regions, cells or components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope
from zhongshu.registers.places.actions.city import link, record, write
from zhongshu.registers.places.actions.placing import place_again
from zhongshu.registers.places.models import Cell, Component, Past, Region
from zhongshu.registers.places.queries.incoming import components
from zhongshu.registers.places.queries.incoming.among import among
from zhongshu.registers.places.queries.incoming.preview import Preview, preview
from zhongshu.registers.places.rules.city import City
from zhongshu.registers.places.rules.datum import Datum, named
from zhongshu.registers.places.rules.files import Document
from zhongshu.registers.places.rules.order import Order, Register
from zhongshu.registers.places.rules.plan import Changed
from zhongshu.registers.places.rules.rows import BrokenRows

MANAGE = "places.manage"
EVERYWHERE = Scope(((None, None),))
_TABLES: dict[Register, Any] = {
    Register.REGIONS: Region, Register.CELLS: Cell, Register.COMPONENTS: Component
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import came to: what was previewed, and how many components stand in no cell since."""

    preview: Preview
    loose: int = 0


def scope(by: Actor, at: datetime) -> Scope:
    """Where somebody may change places; the platform itself may everywhere."""
    return EVERYWHERE if by.kind == "system" else permissions.scope(by, MANAGE, at)


@transaction.atomic
def take_in(order: Order, *, by: Actor, at: datetime, basis: str = "") -> Taken:
    """Take a file in: what is new and changed is written, what a complete file no longer has is ended at `at`.

    The whole file or, if so ordered, its sound rows; `BrokenRows` when there are others. `basis` is that of the preview
    somebody has seen: `Conflict` when the file or the register is no longer what it was then.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_region, places_cell, places_component IN SHARE ROW EXCLUSIVE MODE")
    found = preview(order, scope(by, at))
    if basis and basis != found.basis:
        raise Conflict("文件、选项或库里的地点在检查之后变了；请再检查一次，看清变化后再导入。")
    if found.broken and not order.sound_only:
        raise BrokenRows(found.broken)
    _keep(found.plan.changed, at)
    write(_city(found))
    _end(found, at)
    loose = place_again(found.plan) if order.register is Register.CELLS else 0
    record(f"places.{order.register}_imported", _told(found, loose), by=by, at=at)
    return Taken(found, loose)


def _keep(changed: Sequence[Changed[Any]], at: datetime) -> None:
    """What was, before it is written over: what happened until now keeps its names."""
    Past.objects.bulk_create(
        [
            Past(
                code=one.was.code, until=at, name=one.was.name, name_en=one.was.name_en, outline=one.was.outline,
                renamed=one.renamed or one.was.name_en != one.row.name_en,
            )
            for one in changed
        ],
        batch_size=2_000,
    )  # fmt: skip


def _end(found: Preview, at: datetime) -> None:
    gone = [row.code for row in found.plan.gone]
    if gone:
        _TABLES[found.order.register].objects.filter(among(gone)).update(ended=at)
        link(gone if found.order.register is Register.REGIONS else ())


def _city(found: Preview) -> City:
    rows = found.plan.rows
    if found.order.register is Register.COMPONENTS:
        return City(kinds=components.kinds(found.file.features, rows), components=rows)
    return City(**{found.order.register.value: rows})


def _told(found: Preview, loose: int) -> dict[str, Any]:
    plan, order = found.plan, found.order
    return {
        "file": order.name, "sha256": order.digest, "datum": order.datum.value, "complete": order.complete,
        "new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "ended": len(plan.gone),
        "left_out": len(found.broken), "loose": loose,
    }  # fmt: skip


def import_regions(document: Document, datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime) -> int:
    """Take in regions (`code`, `name`, `name_en`; a polygon or none): how many. Streets and communities need the region
    above them, in the file or already here.
    """
    return _count(take_in(Order(Register.REGIONS, document, named(datum)), by=by, at=at))


def import_cells(document: Document, datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime) -> int:
    """Take in grid cells (`code`, `name`, `name_en`, a polygon): how many. They may not cover each other's ground."""
    return _count(take_in(Order(Register.CELLS, document, named(datum)), by=by, at=at))


def import_components(document: Document, datum: Datum | str = Datum.WGS84, *, by: Actor, at: datetime) -> int:
    """Take in components (`code`, a point; see `queries/incoming/components.py`): how many."""
    return _count(take_in(Order(Register.COMPONENTS, document, named(datum)), by=by, at=at))


def _count(taken: Taken) -> int:
    return len(taken.preview.plan.rows) + taken.preview.plan.same
