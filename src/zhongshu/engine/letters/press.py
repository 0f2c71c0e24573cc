"""The process in which a letter is set: it is told the templates and the data, and answers the PDF or what is wrong.

Run by `typesetting.py`, never imported by it. Templates are written by people, so they are held: an empty folder of its
own as their whole world, no socket, no file written, seconds and memory counted. Nothing of ours is loaded here.
"""

import ctypes
import json
import platform
import re
import resource
import sys
from pathlib import Path
from typing import Any

import typst

SECONDS = 10
MOST_MEMORY = 2_000_000_000
_DATA = b"#let data = json(bytes(sys.inputs.data))"
_AT = re.compile(r"(?P<path>letters/[^\s:]+\.typ):(?P<line>\d+):")
_LONGEST = 300

# seccomp(2), by its classic BPF: whatever asks for a socket is told EACCES. Architecture → its mark, its socket(2).
_SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _ANSWER = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x0005000D


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def stay_inside() -> bool:
    """Give up sockets for good; whether the system could promise it (Linux on a processor we know)."""
    if sys.platform != "linux" or platform.machine() not in _SYSTEMS:
        return False
    mark, socket = _SYSTEMS[platform.machine()]
    wanted = (
        (_LOAD, 0, 0, 4), (_EQUAL, 0, 3, mark), (_LOAD, 0, 0, 0), (_EQUAL, 0, 1, socket), (_ANSWER, 0, 0, _REFUSE),
        (_ANSWER, 0, 0, _ALLOW),
    )  # fmt: skip
    steps = (_Step * len(wanted))(*(_Step(*step) for step in wanted))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return libc.prctl(_SECCOMP, _FILTER, ctypes.byref(_Program(len(steps), steps)), 0, 0) == 0


def press(order: dict[str, Any], folder: str) -> bytes:
    """The letter as tagged PDF (PDF/UA-1). Raises typst's own error."""
    files = {path: text.encode() for path, text in order["files"].items()}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    return typst.compile(  # type: ignore[call-overload]  # its stub does not know several files
        {"main.typ": order["sheet"].encode(), "zhongshu.typ": _DATA, **files}, root=folder, font_paths=fonts,
        format="pdf", pdf_standards="ua-1", package_path=folder, package_cache_path=folder,
        sys_inputs={"data": json.dumps(order["data"]), "letter": f"/{order['letter']}"},
    )  # fmt: skip


def wrong(problem: typst.TypstError, folder: str) -> dict[str, object]:
    """What is wrong, with the template and its line; where this process works is left out."""
    place = _AT.search(problem.diagnostic)
    said = problem.message.replace(f"{folder}/", "").replace(folder, "").splitlines()[0][:_LONGEST]
    return {"file": place["path"] if place else "", "line": int(place["line"]) if place else 0, "why": said}


def main() -> None:
    """One order in, one answer out: a line of JSON where something is wrong, else the PDF."""
    folder = str(Path.cwd())
    order = json.loads(sys.stdin.buffer.read())
    stay_inside()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = press(order, folder)
    except typst.TypstError as problem:
        answer = json.dumps(wrong(problem, folder)).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
