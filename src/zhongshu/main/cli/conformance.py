"""`./run conformance STANDARD [DIR]`: the public kit of a standard, case by case."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhongshu.main.conformance.bpmn.judging import Verdict

SUMMARY = (
    "用标准自带的公开用例检验平台（dmn：决策语言；bpmn：流程图）。",
    "Measure the platform with a standard's own public cases (dmn: the decision language; bpmn: processes).",
)
NEEDS_DATABASE = False
KITS = {"dmn": "dmn-tck", "bpmn": "bpmn-miwg"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which standard, and the folder of its kit."""
    parser.add_argument("standard", choices=KITS, help="标准 / the standard")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="用例所在目录，默认 $ZHONGSHU_DATA/dmn-tck 或 bpmn-miwg / folder of the kit",
    )


def run(options: argparse.Namespace) -> int:
    """Prints what was found case by case, then the counts, then one JSON object."""
    from zhongshu.main.ground import console

    kit = options.folder or _kit(KITS[options.standard])
    if not kit.is_dir():
        raise console.Trouble(
            f"没有这个目录：{kit}。请给出用例目录。", f"No such folder: {kit}. Give the folder of the kit."
        )
    report = _decisions(kit) if options.standard == "dmn" else _processes(kit)
    print(json.dumps(report))
    return 0


def _decisions(kit: Path) -> dict[str, int]:
    """Each failure with its file, then the counts of each level."""
    from zhongshu.base.calendar import clock
    from zhongshu.main.conformance.dmn import scoring
    from zhongshu.main.ground import console

    found = scoring.score(kit, clock.now(), print)
    for level in (2, 3):
        values, nulls = found.values[level], found.nulls[level]
        console.say(
            f"第 {level} 级：有值 {values.passed}/{values.total}，应为空 {nulls.passed}/{nulls.total}。",
            f"Level {level}: values {values.passed}/{values.total}, nulls {nulls.passed}/{nulls.total}.",
        )
    return found.report()


def _processes(kit: Path) -> dict[str, int]:
    """Each file: executable, or each reason why not; and whether it is written back equal."""
    import django

    from zhongshu.main.conformance.bpmn import folder

    django.setup()  # for the English of the reasons
    return folder.judge_all(kit, _tell).report()


def _tell(name: str, verdict: "Verdict") -> None:
    from zhongshu.main import telling
    from zhongshu.main.ground import console

    state = ("可执行", "executable") if verdict.executable else ("被退回", "refused")
    state = ("不是可用的 BPMN 文件", "broken") if verdict.broken else state
    equal = ("，写回一致", ", written back equal") if verdict.equal else ("，没有写回一致", ", not written back equal")
    equal = ("", "") if verdict.broken else equal
    console.say(f"{name}：{state[0]}{equal[0]}。", f"{name}: {state[1]}{equal[1]}.")
    telling.tell(name, verdict.errors)


def _kit(name: str) -> Path:
    from zhongshu.main.settings import REPOSITORY

    return Path(os.environ.get("ZHONGSHU_DATA") or REPOSITORY.parent / "shared" / "data") / name
