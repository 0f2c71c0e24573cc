"""Components in cells that were drawn anew."""

from typing import Any

from django.db.models import Q

from zhongshu.registers.places.models import Component
from zhongshu.registers.places.queries.incoming.among import among
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules.plan import Plan

SOME = 5_000


def place_again(plan: Plan[Any]) -> int:
    """Give the components of cells that moved, ended or had ended before the cell they now stand in.

    Those that stand in none, or in one of another district than their code's, keep the cell they had: how many.
    """
    touched = [changed.row.code for changed in plan.changed if changed.moved] + [row.code for row in plan.gone]
    if not touched and not plan.new:
        return 0
    asked = Component.objects.filter(Q(among(touched, "cell_id")) | Q(cell__ended__isnull=False), ended=None)
    stood = list(asked.only("code", "lon", "lat", "cell_id"))
    if not stood:
        return 0
    moved, loose = [], 0
    for component, cell in zip(stood, read_cells().locate_many((c.lon, c.lat) for c in stood), strict=True):
        if cell is None or cell[:6] != component.code[:6]:
            loose += 1
        elif cell != component.cell_id:
            component.cell_id = cell
            moved.append(component)
    Component.objects.bulk_update(moved, ["cell"], batch_size=SOME)
    return loose
