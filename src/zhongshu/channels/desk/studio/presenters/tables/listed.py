"""Which decision tables a draft has, in which files, and what asks them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn import document
from zhongshu.engine.studio.rules.editing.tables import examples, file

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A table: how many rules and test rows it has, and by what names those go that ask it."""

    id: str
    name: str
    file: str
    rules: int
    tests: int
    users: tuple[str, ...]

    @property
    def linked(self) -> bool:
        """Whether its id can stand in an address."""
        return bool(self.id) and "/" not in self.id


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is no decision model."""

    file: str
    problem: Invalid


def listed(files: Files) -> tuple[list[Listed], list[Broken]]:
    """The tables of a draft, file by file; and the files that cannot be read."""
    found, broken, asked = list[Listed](), list[Broken](), askers(files)
    for name, text in models(files).items():
        try:
            found += [_listed(files, name, text, *each, asked) for each in file.decisions(text)]
        except Invalid as problem:
            broken.append(Broken(name, problem))
    return found, broken


def _listed(files: Files, name: str, text: str, id: str, called: str, asked: Mapping[str, list[str]]) -> Listed:
    users = [*asked.get(id, []), *asked.get(called, []), *file.needed_by(text, id)]
    rows = tests(files, id, called)
    try:
        count = len(examples.read(files[rows])) if rows in files else 0
    except Invalid:
        count = 0
    return Listed(id, called, name, len(file.read(text, id).rows), count, tuple(dict.fromkeys(users)))


def models(files: Files) -> dict[str, str]:
    """The decision files of a draft."""
    return {name: text for name, text in files.items() if name.endswith(".dmn")}


def askers(files: Files) -> dict[str, list[str]]:
    """Name or id of a decision → what the tasks are called that ask it."""
    found: dict[str, list[str]] = {}
    for row in _rows(files):
        if row.kind == "rule" and row.does:
            found.setdefault(row.does, []).append(row.name or row.id)
    return found


def _rows(files: Files) -> Iterator[editing.Row]:
    for name, text in files.items():
        if name.endswith(".bpmn"):
            try:
                yield from editing.table(document.load(text.encode())).rows
            except Invalid:
                continue


def home(files: Files, decision: str) -> str:
    """The file a table stands in, by the id of its decision; Absent if there is none."""
    for name, text in models(files).items():
        try:
            if any(id == decision for id, _ in file.decisions(text)):
                return name
        except Invalid:
            continue
    raise Absent("没有这张决策表，它可能已被删除。请回到决策表的清单。")


def tests(files: Files, id: str, name: str) -> str:
    """Where the test rows of a decision stand: by its id, or by its name if there they are already."""
    by_id, by_name = examples.file(id), examples.file(name)
    return by_name if by_name in files and by_id not in files else by_id


def free(files: Files, name: str) -> str:
    """An id no decision has, for a new one of this name; Conflict if the name is taken."""
    if any(each.name == name for each in listed(files)[0]):
        raise Conflict("已有名为“{name}”的决策表，请换一个名称。", name=name, field="name")
    texts = "".join(models(files).values())
    ids = (f"decision_{number}" for number in range(1, 10_000))
    return next(id for id in ids if f'"{id}"' not in texts and model(id) not in files)


def model(decision: str) -> str:
    """The file of a table that is made here."""
    return f"decisions/{decision}.dmn"
