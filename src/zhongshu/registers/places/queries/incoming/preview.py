"""A preview of an import: what it would change, what is wrong with the file, and what speaks against its datum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.permissions.rules import Scope
from zhongshu.registers.places.queries.edition import number
from zhongshu.registers.places.queries.incoming import cells, components, regions
from zhongshu.registers.places.rules import codes, files, hints, plan
from zhongshu.registers.places.rules.datum import Point
from zhongshu.registers.places.rules.files import File
from zhongshu.registers.places.rules.hints import Hint
from zhongshu.registers.places.rules.order import Order, Register
from zhongshu.registers.places.rules.plan import Extent, Known, Plan
from zhongshu.registers.places.rules.rows import BrokenRow, Read

READERS: Mapping[Register, Any] = {
    Register.REGIONS: regions, Register.CELLS: cells, Register.COMPONENTS: components
}  # fmt: skip
"""How each register reads: `read`, `known`, `standing`, `check`."""
_STEPS = {Register.COMPONENTS: (2, 4, 6, 10)}
"""Of a component's code: province, city, district, class."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan of an import. `basis` names what it rests on; `extent` is where a complete file speaks."""

    order: Order
    file: File
    plan: Plan[Any]
    broken: Sequence[BrokenRow]
    hint: Hint | None
    extent: Extent
    basis: str


def preview(order: Order, scope: Scope) -> Preview:
    """What taking in the file would do, by somebody who may change places in `scope`.

    Raises `Invalid` or `TooLarge` when the file as a whole is of no use.
    """
    edition, file = number(), files.read(order.document)
    reader = READERS[order.register]
    read: Read[Any] = reader.read(file.features, order.datum)
    read.refuse(_foreign(read.good, scope))
    found = [row.code for row in read.good.values()]
    where = plan.extent(found, _STEPS.get(order.register, codes.LENGTHS))
    known: dict[str, Known[Any]] = reader.known(found)
    gone = _gone(order, read, reader.standing(where) if order.complete and not read.broken else ())
    pairs = _pairs(read.good.values(), known)  # before the check: in the wrong datum all may lie outside
    reader.check(read, {row.code for row in gone})
    _fill(read, known)
    return Preview(
        order, file, plan.compared(read.good.values(), known, gone), read.broken,
        hints.hint(file, order.datum, pairs), where, order.basis(edition),
    )  # fmt: skip


def _foreign(found: Mapping[int, Any], scope: Scope) -> list[BrokenRow]:
    """Rows of places that are not the actor's to change."""
    if scope.everything:
        return []
    return [
        BrokenRow(row, Forbidden("{code} 不在您负责的区域内，不能由您导入。", field="code", code=one.code))
        for row, one in found.items()
        if not scope.covers(codes.ancestors(one.code[: codes.Level.DISTRICT] if len(one.code) == 16 else one.code))
    ]


def _gone(order: Order, read: Read[Any], standing: Iterable[Any]) -> list[Any]:
    here = {row.code for row in read.good.values()}
    return [row for row in standing if row.code not in here] if not order.sound_only else []


def _fill(read: Read[Any], known: Mapping[str, Known[Any]]) -> None:
    """What a file leaves blank stays as it is."""
    for number_, row in read.good.items():
        if was := known.get(row.code):
            read.good[number_] = row.filled(was.row)


def _pairs(found: Iterable[Any], known: Mapping[str, Known[Any]]) -> list[tuple[Point, Point]]:
    """Where places lie by the file, and where the register has them."""
    there = ((row, known[row.code].row) for row in found if row.code in known)
    return [
        ((row.lon, row.lat), (was.lon, was.lat))
        for row, was in there
        if row.lon is not None and was.lon is not None and row.outline != was.outline
    ]
