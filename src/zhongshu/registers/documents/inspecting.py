"""Looks into an uploaded file in a process of its own: whatever the file does to a reader, it is over in seconds.

The child has no settings, no database and no network of ours; it is told the bytes and answers one line.
"""

import json
import resource
import subprocess
import sys

from zhongshu.base.http import events
from zhongshu.base.http.refusals import Invalid, Refusal, TooLarge
from zhongshu.registers.documents import scanner
from zhongshu.registers.documents.rules import inspection
from zhongshu.registers.documents.rules.inspection import Dangerous, Kind

SECONDS = 15
MOST_MEMORY = 1_500_000_000
_KINDS: dict[str, type[Refusal]] = {"Invalid": Invalid, "TooLarge": TooLarge}


def inspected(data: bytes) -> Kind:
    """What the file is, once nothing dangerous was found in it (`rules/inspection`) and no virus.

    Raises Dangerous (which is kept as a security event), TooLarge or Invalid with what to do; Unavailable where the
    operator wants a scanner and it does not answer.
    """
    inspection.kind(data)  # cheap, and refuses most of what is not meant for us
    try:
        found = _apart(data)
    except Dangerous as refusal:
        events.note("security.upload_refused", {"why": refusal.why})
        raise
    scanner.scan(data)
    return found


def _apart(data: bytes) -> Kind:
    command = [sys.executable, "-P", "-m", "zhongshu.registers.documents.inspecting"]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
        told = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Dangerous("文件的结构过于复杂，无法检查；请重新导出后再上传。", "time") from None
    if kind := told.get("kind"):
        return kind
    if told["refused"] == "Dangerous":
        raise Dangerous(told["sentence"], told["why"], **told["gaps"])
    raise _KINDS[told["refused"]](told["sentence"], field="file", **told["gaps"])


def _answer(data: bytes) -> dict[str, object]:
    try:
        return {"kind": inspection.inspect(data)}
    except Refusal as refusal:
        said = {"sentence": refusal.sentence, "gaps": refusal.gaps, "why": getattr(refusal, "why", "")}
        return {"refused": type(refusal).__name__, **said}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(_answer(sys.stdin.buffer.read())))
