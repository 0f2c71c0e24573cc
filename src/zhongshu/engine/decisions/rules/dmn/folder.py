"""The decision files of one folder, read together: what may be asked of them, and by which name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules.dmn import running, source
from zhongshu.engine.decisions.rules.dmn.box import nothing_written
from zhongshu.engine.decisions.rules.dmn.models import Library, Model, Part, Unreadable
from zhongshu.engine.decisions.rules.dmn.running import Result
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.plain import plain

ASKED = ("decision", "decisionService")


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """The decisions and services of a folder, each known by its name and by its id."""

    known: Mapping[str, tuple[Model, Part]]

    def __contains__(self, name: str) -> bool:
        """Whether there is a decision of that name or id."""
        return name in self.known

    def decide(self, name: str, data: Mapping[str, Any], at: datetime) -> Result:
        """What a decision answers, as JSON holds it, and for its author why it or parts of it are null.

        Its inputs are the entries of `data` by name. Raises Invalid for a name nobody has.
        """
        if name not in self.known:
            raise Invalid("没有名为“{name}”的决策，请检查决策文件。", name=name)
        result = running.work_out(*self.known[name], data, at)
        return replace(result, value=plain(result.value))


def read(files: Mapping[str, str]) -> Decisions:
    """The decisions of these files (name → XML), which may import each other.

    Whatever would be null for ever is refused. Raises Invalid, which names the file, the line and what to do.
    """
    roots = {name: _parsed(name, text) for name, text in files.items()}
    _check_namespaces(roots)
    library = Library(list(roots.values()))
    known: dict[str, tuple[Model, Part]] = {}
    homes: dict[str, str] = {}
    for file, root in roots.items():
        model = _checked(file, library, root)
        for part in model.parts.values():
            for key in {part.name, part.id} if part.sort in ASKED else ():
                if key in known:
                    raise Invalid(
                        "{file}：“{name}”与 {other} 中的另一个决策同名，请改名。", file=file, name=key, other=homes[key]
                    )
                known[key], homes[key] = (model, part), file
    return Decisions(known)


def examine(files: Mapping[str, str]) -> list[tuple[str, Invalid]]:
    """Everything that `read` would refuse these files for, each with its file; empty where it would not."""
    found: list[tuple[str, Invalid]] = []
    roots: dict[str, Element] = {}
    for file, text in files.items():
        try:
            roots[file] = source.parse(text.encode())
        except Unreadable as problem:
            found.append((file, problem))
    found += [] if found else _each(roots)
    if not found:
        try:
            read(files)
        except Invalid as refused:
            found.append((str(refused.gaps["file"]), refused))
    return found


def _each(roots: Mapping[str, Element]) -> Iterator[tuple[str, Unreadable]]:
    library = Library(list(roots.values()))
    for file, root in roots.items():
        try:
            model = library.model(root)
        except Unreadable as problem:
            yield file, problem
        else:
            yield from ((file, problem) for problem in (*model.problems, *_findings(model)))


def _parsed(file: str, text: str) -> Element:
    try:
        return source.parse(text.encode())
    except Unreadable as problem:
        raise _of(file, problem) from None


def _of(file: str, problem: Unreadable) -> Invalid:
    return Invalid("决策文件 {file} 不能使用。{why}", file=file, why=str(problem))


def _check_namespaces(roots: Mapping[str, Element]) -> None:
    owners: dict[str, str] = {}
    for file, root in roots.items():
        other = owners.setdefault(root.get("namespace", ""), file)
        if other != file:
            raise Invalid("决策文件 {file} 与 {other} 的 namespace 相同，请改其中一个。", file=file, other=other)


def _checked(file: str, library: Library, root: Element) -> Model:
    try:
        model = library.model(root)
    except Unreadable as problem:
        raise _of(file, problem) from None
    for finding in (*model.problems, *_findings(model)):
        raise _of(file, finding)
    return model


def _findings(model: Model) -> Iterator[Unreadable]:
    """What makes a decision null whatever it is asked."""
    for part in model.parts.values():
        if part.refused:
            yield _finding(part, "第 {line} 行：“{name}”是 {kind} 函数，平台不运行；请改用 FEEL。", kind=part.refused)
        if part.sort == "decision" and part.closure is nothing_written:
            yield _finding(part, "第 {line} 行：决策“{name}”没有写决策逻辑，请补上。")
        for need in (*part.needs, *part.inputs, *part.outputs):
            if model.at(need) is None:
                yield _finding(part, "第 {line} 行：“{name}”要用的“{need}”不在这里，请检查引用。", need=need[1])
        if part.sort == "decision" and part in _below(model, part):
            yield _finding(part, "第 {line} 行：决策“{name}”要用到它自己的结果，请去掉这个圈。")


def _finding(part: Part, sentence: str, **gaps: str) -> Unreadable:
    return Unreadable(sentence, part.line, name=part.name, **gaps)


def _below(model: Model, part: Part) -> set[Part]:
    """The decisions a decision needs, at any depth."""
    found: set[Part] = set()
    waiting = [part]
    while waiting:
        needs = (model.at(need) for need in waiting.pop().needs)
        new = {need for need in needs if need is not None and need.sort == "decision"} - found
        found |= new
        waiting += new
    return found
