"""`./run conformance dmn [DIR]`: the public kit of a standard, case by case."""

import argparse
import json
import os
from pathlib import Path

SUMMARY = (
    "用标准自带的公开用例检验平台（dmn：决策语言）。",
    "Measure the platform with a standard's own public cases (dmn: the decision language).",
)
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which standard, and the folder of its kit."""
    parser.add_argument("standard", choices=["dmn"], help="标准 / the standard")
    parser.add_argument(
        "folder", nargs="?", type=Path, help="用例所在目录，默认 $ZHONGSHU_DATA/dmn-tck / folder of the kit"
    )


def run(options: argparse.Namespace) -> int:
    """Prints each failure with its file, then the counts of each level, then one JSON object."""
    from zhongshu.base.calendar import clock
    from zhongshu.main.conformance.dmn import scoring
    from zhongshu.main.ground import console

    kit = options.folder or _kit()
    if not kit.is_dir():
        raise console.Trouble(
            f"没有这个目录：{kit}。请给出用例目录。", f"No such folder: {kit}. Give the folder of the kit."
        )
    found = scoring.score(kit, clock.now(), print)
    for level in (2, 3):
        values, nulls = found.values[level], found.nulls[level]
        console.say(
            f"第 {level} 级：有值 {values.passed}/{values.total}，应为空 {nulls.passed}/{nulls.total}。",
            f"Level {level}: values {values.passed}/{values.total}, nulls {nulls.passed}/{nulls.total}.",
        )
    print(json.dumps(found.report()))
    return 0


def _kit() -> Path:
    from zhongshu.main.settings import REPOSITORY

    return Path(os.environ.get("ZHONGSHU_DATA") or REPOSITORY.parent / "shared" / "data") / "dmn-tck"
