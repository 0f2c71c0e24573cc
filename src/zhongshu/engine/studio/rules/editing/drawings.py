"""The drawings of a folder: opened, and kept again with the page of settings fitted to their tasks. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn import diagrams, document, source
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing import Row, parts
from zhongshu.engine.studio.rules.editing import pages

Files = Mapping[str, str]
LONGEST_ID = 40
_EXECUTABLE = ("true", "1")


def names(files: Files) -> list[str]:
    """The drawings of a folder by file name, the one its cases begin with first."""
    first = main(files)
    return sorted((name for name in files if name.endswith(".bpmn")), key=lambda name: (name != first, name))


def main(files: Files) -> str:
    """The drawing cases begin with, by the page of settings; `process.bpmn` where that cannot be read."""
    try:
        said = pages.read(files.get(pages.FILE, "")).get("process", "")
    except Invalid:
        said = ""
    return said if isinstance(said, str) and said else "process.bpmn"


def opened(files: Files, name: str) -> Document:
    """A drawing to be shown or changed; Absent if there is none of that name, Unreadable if it is no BPMN."""
    if name not in files or not name.endswith(".bpmn"):
        raise Absent("这份场景里没有流程文件“{name}”。", name=name)
    return document.load(files[name].encode())


def kept(files: Files, name: str, drawn: Document, english: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is to be saved of a folder in which this drawing now says so: the drawing, and the settings of its tasks.

    `english`: task → its English name, where that was said too. A page of settings that cannot be read stays.
    """
    return _fitted(files, {name: document.write(drawn).decode()}, english or {})


def written(files: Files, name: str, text: str) -> dict[str, str]:
    """The same for a drawing as somebody wrote it, laid out if nothing of it is; Unreadable if it is no BPMN."""
    drawn = document.load(text.encode())
    whole = diagrams.complete(drawn)
    return _fitted(files, {name: text if whole is drawn else document.write(whole).decode()}, {})


def steps(files: Files) -> list[Row]:
    """What is carried out, in the order it is done: the rows of the first process, then of all it calls.

    What cannot be read, and what is drawn but not carried out, is passed over.
    """
    found, todo = list[Row](), [name for name in names(files) if name == main(files)]
    callable_, done = _processes(files), set(todo)
    while todo:
        rows = steps_of(files, todo.pop())
        called = [callable_[row.does] for row in rows if row.kind == "call" and row.does in callable_]
        todo += [name for name in dict.fromkeys(called) if name not in done]
        done.update(called)
        found += rows
    return found


def steps_of(files: Files, name: str) -> list[Row]:
    """The rows of one drawing that are carried out; none where it cannot be read."""
    drawn = _readable(files, name)
    if drawn is None:
        return []
    executed = _executed(drawn)
    return [row for row in editing.table(drawn).rows if row.id in executed]


def tasks(files: Files) -> list[str]:
    """The tasks of people, in the order they are done."""
    return list(dict.fromkeys(row.id for row in steps(files) if row.kind in parts.WORK))


def calls(files: Files) -> dict[str, str]:
    """Process id → the file it is drawn in."""
    return _processes(files)


def id_for(english: str, taken: Collection[str]) -> str:
    """An id for a new step after its English name, which conditions can name it by; empty where there is no such."""
    words = re.findall("[a-z0-9]+", english.lower())
    while words and not words[0][0].isalpha():
        words.pop(0)
    wish = "_".join(words)[:LONGEST_ID].rstrip("_")
    return next((each for each in _numbered(wish) if each not in taken), "") if wish else ""


def taken(files: Files) -> set[str]:
    """Every id the drawings and the settings of a folder use."""
    drawn = (_readable(files, name) for name in names(files))
    return {tag.get("id", "") for each in drawn if each is not None for tag in source.tags(each.root)} | _RESERVED


_RESERVED = {"answers", "source", "category", "text", "started", "whistle", "signature", "item", "device", "case"}
"""Names that stand for something else in the data of every case."""


def _fitted(files: Files, changed: dict[str, str], english: Mapping[str, str]) -> dict[str, str]:
    folder = {**files, **changed}
    try:
        text = pages.fitted(folder.get(pages.FILE, ""), tasks(folder))
        for task in pages.read(text).get("tasks", {}).keys() & english.keys():
            text = pages.said(text, ("tasks", task), {"name_en": english[task].strip() or task})
    except Invalid:
        return changed
    return changed if text == folder.get(pages.FILE) else {**changed, pages.FILE: text}


def _processes(files: Files) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names(files):
        drawn = _readable(files, name)
        if drawn is not None:
            found |= {tag.get("id", ""): name for tag in _drawn(drawn)}
    return found


def _executed(drawn: Document) -> set[str]:
    return {part.get("id", "") for tag in _drawn(drawn) for part in source.tags(tag)}


def _drawn(drawn: Document) -> Iterator[etree._Element]:
    return (tag for tag in parts.named(drawn.root, "process") if tag.get("isExecutable") in _EXECUTABLE)


def _readable(files: Files, name: str) -> Document | None:
    try:
        return document.load(files.get(name, "").encode())
    except Invalid:
        return None


def _numbered(wish: str) -> Iterator[str]:
    yield wish
    yield from (f"{wish}_{number}" for number in range(2, 1_000))
