"""`./run conformance STANDARD [DIR]`: the public kit of a standard, case by case."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhongshu.main.conformance.answers import Answer
    from zhongshu.main.conformance.bpmn.judging import Verdict

SUMMARY = (
    "用标准自带的公开用例检验平台（dmn：决策语言；bpmn：流程图；cose、sm、wycheproof：签名与国密算法；merkle：日志树的证明）。",
    "Measure the platform with a standard's own public cases (dmn: the decision language; bpmn: processes; "
    "cose, sm, wycheproof: signatures and the state's algorithms; merkle: proofs of the journal's tree).",
)
NEEDS_DATABASE = False
KITS = {
    "dmn": "dmn-tck",
    "bpmn": "bpmn-miwg",
    "cose": "credentials/cose-examples",
    "sm": "credentials/gm-standard",
    "wycheproof": "credentials/wycheproof",
    "merkle": "credentials/merkle",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which standard, and the folder of its kit."""
    parser.add_argument("standard", choices=KITS, help="标准 / the standard")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="用例所在目录，默认在 $ZHONGSHU_DATA 之下 / folder of the kit, by default below $ZHONGSHU_DATA",
    )


def run(options: argparse.Namespace) -> int:
    """Prints what was found case by case, then the counts, then one JSON object."""
    from zhongshu.main.ground import console

    kit = options.folder or _kit(KITS[options.standard])
    if not kit.is_dir():
        raise console.Trouble(
            f"没有这个目录：{kit}。请给出用例目录。", f"No such folder: {kit}. Give the folder of the kit."
        )
    print(json.dumps(_ASKED[options.standard](kit)))
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


def _proofs(kit: Path) -> dict[str, int]:
    """Each case that came out otherwise, then how many came out as expected."""
    from zhongshu.main.conformance.merkle import cases
    from zhongshu.main.ground import console

    found = cases.check_all(kit, print)
    console.say(f"{found.passed}/{found.total} 例与预期一致。", f"{found.passed} of {found.total} as expected.")
    return found.report()


def _tell(name: str, verdict: "Verdict") -> None:
    from zhongshu.main import telling
    from zhongshu.main.ground import console

    state = ("可执行", "executable") if verdict.executable else ("被退回", "refused")
    state = ("不是可用的 BPMN 文件", "broken") if verdict.broken else state
    equal = ("，写回一致", ", written back equal") if verdict.equal else ("，没有写回一致", ", not written back equal")
    equal = ("", "") if verdict.broken else equal
    console.say(f"{name}：{state[0]}{equal[0]}。", f"{name}: {state[1]}{equal[1]}.")
    telling.tell(name, verdict.errors)


def _cose(kit: Path) -> dict[str, int]:
    from zhongshu.main.conformance.cose import scoring

    return _answers(scoring.answers(kit))


def _sm(kit: Path) -> dict[str, int]:
    from zhongshu.main.conformance.sm import scoring

    return _answers(scoring.answers(kit))


def _wycheproof(kit: Path) -> dict[str, int]:
    from zhongshu.main.conformance.wycheproof import scoring

    return _answers(scoring.answers(kit))


def _answers(answers: "Iterator[Answer]") -> dict[str, int]:
    """Each case that is not as the kit has it, and each that is not claimed, by name; then the counts."""
    from zhongshu.main.conformance.answers import Count
    from zhongshu.main.ground import console

    count = Count()
    for answer in answers:
        count.add(answer)
        if answer.why:
            console.say(f"{answer.name}：不在支持范围（{answer.why}）。", f"{answer.name}: not claimed ({answer.why}).")
        elif not answer.right:
            console.say(f"{answer.name}：与用例不符。", f"{answer.name}: not as the kit has it.")
    console.say(
        f"相符 {count.passed}/{count.total}，不在支持范围 {count.not_claimed}。",
        f"As the kit has it {count.passed}/{count.total}, not claimed {count.not_claimed}.",
    )
    return count.report()


_ASKED = {"dmn": _decisions, "bpmn": _processes, "cose": _cose, "sm": _sm, "wycheproof": _wycheproof, "merkle": _proofs}


def _kit(name: str) -> Path:
    from zhongshu.main.settings import REPOSITORY

    return Path(os.environ.get("ZHONGSHU_DATA") or REPOSITORY.parent / "shared" / "data") / name
