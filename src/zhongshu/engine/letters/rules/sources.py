"""The templates of a folder, and what in them reaches for something that is not there. Pure.

A template is set in a process with nothing beside it (`press.py`), so that reaching out comes to nothing anyway; said
when a folder is published, its author knows before a letter is missing.
"""

import re
from collections.abc import Iterator, Mapping

from zhongshu.engine.processes.rules.findings import Finding

FOLDER = "letters/"
_PACKAGE = re.compile(r"\b(?:import|include)\b[^\n]*?[\"']@")
_FILE = re.compile(r"\b(?:read|plugin|image|csv|json|toml|yaml|xml|cbor|bibliography)\s*\(\s*\"")
_IMPORT = re.compile(r"\b(?:import|include)\s+\"(?P<path>[^\"@][^\"]*)\"")
OURS = "/zhongshu.typ"


def templates(files: Mapping[str, str]) -> dict[str, str]:
    """Those files of a scenario's folder that letters are made of: path → text."""
    return {path: text for path, text in files.items() if path.startswith(FOLDER) and path.endswith(".typ")}


def reaching(files: Mapping[str, str]) -> list[Finding]:
    """Each line of a template that asks for a package, a file, or a template the folder does not have."""
    found = templates(files)
    return [
        Finding(path, number, sentence, {"file": path, "line": number, **gaps})
        for path, text in sorted(found.items())
        for number, line in enumerate(text.splitlines(), 1)
        for sentence, gaps in _said(path, line, found)
    ]


def _said(path: str, line: str, known: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    if _PACKAGE.search(line):
        yield "{file} 第 {line} 行要取用程序包：文书只能用本文件夹 letters 里的模板。", {}
    if _FILE.search(line):
        yield "{file} 第 {line} 行要读取文件：文书的内容只来自办件数据，请删去。", {}
    for match in _IMPORT.finditer(line):
        if (wanted := match["path"]) != OURS and _place(path, wanted) not in known:
            yield "{file} 第 {line} 行引用的 {wanted} 不在本文件夹 letters 里。", {"wanted": wanted}


def _place(path: str, wanted: str) -> str:
    """Where a path written in a template leads, from the folder of the scenario."""
    parts = [] if wanted.startswith("/") else path.split("/")[:-1]
    for part in wanted.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
