"""`./run places FILE --kind …`: takes in a file of regions, grid cells or components, or only says what it would do."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhongshu.registers.places.queries.incoming.preview import Preview
    from zhongshu.registers.places.rules.rows import BrokenRow

SUMMARY = ("导入区划、网格、部件（GeoJSON 或 CSV）。", "Take in regions, grid cells, components (GeoJSON or CSV).")
MOST_BYTES = 200_000_000
_DATUMS = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, what is in it and how it is to be read."""
    parser.add_argument("file", type=Path, help="GeoJSON 或 CSV 文件 / a GeoJSON or CSV file")
    parser.add_argument(
        "--kind", choices=["regions", "cells", "components"], required=True, help="文件里是什么 / what is in it"
    )
    parser.add_argument("--datum", choices=sorted(_DATUMS), default="wgs84", help="文件的坐标系 / datum of the file")
    parser.add_argument(
        "--complete", action="store_true", help="文件是完整的：不在其中的终止 / complete: what it lacks is ended"
    )
    parser.add_argument("--sound", action="store_true", help="只导入无误的行 / take the sound rows only")
    parser.add_argument("--check", action="store_true", help="只检查，不导入 / say what it would do and do nothing")


def run(options: argparse.Namespace) -> int:
    """Lists what is wrong, then prints one JSON object; exit code 1 when rows are wrong and were not to be left out."""
    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.registers.places import actions
    from zhongshu.registers.places.actions.importing import EVERYWHERE
    from zhongshu.registers.places.queries.incoming.preview import preview
    from zhongshu.registers.places.rules.datum import Datum
    from zhongshu.registers.places.rules.order import Order, Register
    from zhongshu.registers.places.rules.rows import BrokenRows

    order = Order(
        Register(options.kind), _content(options.file), Datum(options.datum), options.complete, options.sound,
        options.file.name,
    )  # fmt: skip
    try:
        if options.check:
            found = preview(order, EVERYWHERE)
        else:
            found = actions.take_in(order, by=SYSTEM, at=clock.now()).preview
    except BrokenRows as refused:
        print(refused)
        _list(refused.rows)
        return 1
    _list(found.broken)
    _tell(found, taken=not options.check)
    return 1 if found.broken and not options.sound else 0


def _content(file: Path) -> bytes:
    from zhongshu.main.ground.console import Trouble

    if not file.is_file():
        raise Trouble(f"没有找到 {file}。", f"There is no {file}.")
    if file.stat().st_size > MOST_BYTES:
        raise Trouble("文件过大：最多 200 MB，请分成几个。", "The file is too large: 200 MB at most.")
    return file.read_bytes()


def _list(broken: "Sequence[BrokenRow]") -> None:
    for one in broken:
        print(f"{one.row or '—'}: {one.refusal}")


def _tell(found: "Preview", *, taken: bool) -> None:
    if found.hint:
        datum = _DATUMS[found.hint.datum]
        print(f"坐标系可能是 {datum}，请核对。 The datum may be {datum}; please check.")
    plan = found.plan
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "ended": len(plan.gone)}
    print(json.dumps({"taken": taken, **counts, "broken": len(found.broken)}))
