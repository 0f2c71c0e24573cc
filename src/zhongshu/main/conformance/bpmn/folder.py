"""Every BPMN file below a folder, judged and counted."""

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from zhongshu.engine.processes.rules.bpmn import Finding, source
from zhongshu.main.conformance.bpmn import judging
from zhongshu.main.conformance.bpmn.judging import Verdict

SUFFIXES = (".bpmn", ".bpmn2", ".xml")
UNOPENED = Verdict((Finding("", 1, "打不开，请检查它是不是文件、有没有读取权限。"),), broken=True)


@dataclass(slots=True)
class Count:
    """The figures, by the names others read them by; every file is one of executable, refused, broken."""

    files: int = 0
    executable: int = 0
    refused: int = 0
    broken: int = 0
    written_back_equal: int = 0

    def add(self, verdict: Verdict) -> None:
        """Counts one file."""
        self.files += 1
        self.broken += verdict.broken
        self.executable += verdict.executable
        self.refused += not verdict.broken and not verdict.executable
        self.written_back_equal += verdict.equal

    def report(self) -> dict[str, int]:
        """The figures as a plain value."""
        return asdict(self)


def judge_all(folder: Path, tell: Callable[[str, Verdict], None]) -> Count:
    """Judges every file below a folder in the order of their names, and tells of each by its name there."""
    count = Count()
    for file in _files(folder):
        verdict = _judged(file)
        count.add(verdict)
        tell(str(file.relative_to(folder)).encode(errors="replace").decode(), verdict)
    return count


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.name.lower().endswith(SUFFIXES) and not os.path.isdir(path):  # noqa: PTH112 - where Path may raise
            yield path


def _judged(file: Path) -> Verdict:
    if not os.path.isfile(file):  # noqa: PTH113 - a pipe would be waited for, a dangling link raise
        return UNOPENED
    try:
        with file.open("rb") as opened:
            return judging.judge(opened.read(source.BOUNDS.bytes + 1))  # one more than is taken in
    except OSError:
        return UNOPENED
