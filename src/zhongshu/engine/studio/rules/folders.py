"""What may lie in the folder of a scenario, and how its texts are kept. Pure."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping

from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.cases.rules.scenario import KINDS, MAX_BYTES, MAX_FILES

FOLDERS = frozenset({"tasks", "letters", "decisions", "trials"})
"""The folders a scenario's folder may hold, beside its own files."""
LONGEST_NAME = 100
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
LONGEST_CODE = 60
_PART = re.compile(r"[\w\u4e00-\u9fff][\w.\u4e00-\u9fff -]*\Z")


def is_code(text: str) -> bool:
    """Whether a scenario may be called so: small letters, digits, single hyphens between."""
    return len(text) <= LONGEST_CODE and CODE.match(text) is not None


def kept(text: str) -> str:
    """A text as it is kept: line ends as on Unix, no byte order mark; so a form and a file save the same bytes."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """By what a text is known, in hexadecimal (SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()


def bounds(files: Mapping[str, str]) -> Iterator[Finding]:
    """Why these files cannot be a scenario's folder at all: names, kinds, size, unreadable characters."""
    if len(files) > MAX_FILES:
        gaps = {"count": len(files), "most": MAX_FILES}
        yield Finding("", "", "error", "有 {count} 个文件，最多 {most} 个。请去掉用不到的。", gaps)
    if sum(len(text.encode("utf-8", "surrogatepass")) for text in files.values()) > MAX_BYTES:
        yield Finding("", "", "error", "全部文件合起来超过 {most} MB。请精简。", {"most": MAX_BYTES // 1_000_000})
    for name, text in files.items():
        if said := misnamed(name):
            yield Finding(name, "", "error", said)
        if (at := _unreadable(text)) >= 0:
            line = text.count("\n", 0, at) + 1
            yield Finding(name, "", "error", "第 {line} 行有不能识别的字符。", {"line": line}, line)


def misnamed(name: str) -> str:
    """What is wrong with a file's name; empty if nothing is."""
    *folders, last = name.split("/")
    if len(name) > LONGEST_NAME or ".." in name or not all(_PART.match(part) for part in (*folders, last)):
        return "文件名不能用：请用汉字、字母、数字、点和连字符，不超过 100 个字。"
    if len(folders) > 1 or not FOLDERS.issuperset(folders):
        return "文件夹不对：场景里只能有 tasks、letters、decisions、trials 四个文件夹，里面不再分文件夹。"
    if "." + last.rpartition(".")[2] not in KINDS:
        return "这种文件不能放进场景：只能是 .toml、.bpmn、.json、.dmn、.typ、.md。"
    return ""


def code_of(files: Mapping[str, str]) -> str:
    """The code its page of settings gives; empty where it cannot be read."""
    return _said(files, "code")


def name_of(files: Mapping[str, str]) -> str:
    """What its page of settings calls it; empty where it cannot be read."""
    return _said(files, "name")


def english_name_of(files: Mapping[str, str]) -> str:
    """The same in English."""
    return _said(files, "name_en")


def prefix_of(files: Mapping[str, str]) -> str:
    """How its page lets case numbers begin; empty where it cannot be read."""
    return _said(files, "prefix")


def renamed(files: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """The same folder called otherwise: `code`, `name`, `name_en`, `prefix`. All else of its page stays as written."""
    page = files.get(PAGE, "")
    for key, value in named.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        page = re.sub(rf"^{key}\s*=.*$", lambda _, line=line: line, page, count=1, flags=re.MULTILINE)  # type: ignore[misc]
    return {**files, PAGE: page}


def _said(files: Mapping[str, str], key: str) -> str:
    try:
        said = tomllib.loads(files.get(PAGE, "")).get(key, "")
    except (ValueError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def _unreadable(text: str) -> int:
    """Where the first character is that no text has; -1 if there is none."""
    found = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text)
    return found.start() if found else -1
