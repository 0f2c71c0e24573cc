"""Sets a letter in a process of its own (`press.py`): whatever a template does, it is over in seconds."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from zhongshu.base.http.refusals import Invalid, Unavailable
from zhongshu.engine.letters.rules import sources
from zhongshu.engine.processes.rules.findings import Finding

SECONDS = 15
MOST_BYTES = 10_000_000
_SHEET = Path(__file__).parent / "sheet.typ"
# A port nobody answers at: a package is not fetched even where the system cannot take sockets away.
_NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")


class Unprintable(Invalid):
    """A letter that cannot be set: `finding` says in which template, in which line and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence, field="letter", **finding.gaps)
        self.finding = finding


def typeset(files: Mapping[str, str], letter: str, data: Mapping[str, Any]) -> bytes:
    """The letter of a scenario's files (`letters/NAME.typ`) with this data, as tagged PDF (PDF/UA-1).

    The data reaches the template as a value, never as text of it. Raises Unprintable; Unavailable without fonts.
    """
    if not has_fonts():
        raise Unavailable("没有安装中文字体，暂时不能制作文书。请联系系统管理员。", retry_after=600)
    order = {
        "files": sources.templates(files), "letter": letter, "data": data, "sheet": _SHEET.read_text("utf-8"),
        "fonts": str(settings.FONTS),
    }  # fmt: skip
    answer = _pressed(json.dumps(order).encode(), letter)
    if answer.startswith(b"%PDF-") and len(answer) <= MOST_BYTES:
        return answer
    if not answer.startswith(b"{"):
        raise Unprintable(_finding("{file}：制作超出了时间、内存或篇幅的限制，请简化模板。", letter, 0, ""))
    told = json.loads(answer)
    raise Unprintable(_finding("{file} 第 {line} 行：{why}", told["file"] or letter, told["line"], told["why"]))


def has_fonts() -> bool:
    """Whether the fonts that letters are set in were installed."""
    return settings.FONTS.is_dir()


def _pressed(order: bytes, letter: str) -> bytes:
    path = os.pathsep.join(filter(None, [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-P", "-m", "zhongshu.engine.letters.press"]
    with tempfile.TemporaryDirectory() as folder:
        told: dict[str, Any] = {"cwd": folder, "env": {"PYTHONPATH": path, "HOME": folder, **_NOWHERE}}
        try:
            done = subprocess.run(command, input=order, capture_output=True, timeout=SECONDS, check=False, **told)
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout


def _finding(sentence: str, file: str, line: int, why: str) -> Finding:
    return Finding(file, line, sentence, {"file": file, "line": line, "why": why})
