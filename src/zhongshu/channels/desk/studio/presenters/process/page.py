"""The page of a process: its table with one row open, and what became of what was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.studio.presenters.process import panel, rows, typed, words
from zhongshu.channels.desk.studio.presenters.process.choices import Around
from zhongshu.channels.desk.studio.presenters.process.fields import Options, Typed
from zhongshu.engine.cases import doors as cases
from zhongshu.engine.cases.rules import reading
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.editing import Table
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.rules.editing import answers, drawings, pages

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """Files to save, and the row to go on at."""

    files: dict[str, str]
    at: str


def chosen(files: Files, name: str) -> str:
    """The drawing asked for, else the one cases begin with; Absent if there is none."""
    known = drawings.names(files)
    if name in known or (known and not name):
        return name or known[0]
    raise Absent("这份场景里没有流程文件“{name}”。", name=name or "process.bpmn")


def shown(
    draft: Draft, files: Files, name: str, findings: Iterable[Finding], at: str, sent: Typed
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a drawing; `at`: the row that is open, `sent`: what was typed and not taken."""
    around = {"drawings": drawings.names(files), "drawing": name}
    try:
        drawn = drawings.opened(files, name)
    except Invalid as broken:
        return around | {"broken": broken}
    table = editing.table(drawn)
    know = rows.known(files, table, drawings.calls(files))
    told = rows.shown(draft, table, know, [each for each in findings if each.file == name])
    one = next((each for each in told if each.row.id == at), None)
    groups = panel.groups(one, Around(told, know, _english(files), _does(files), sent)) if one else []
    return around | {"rows": told, "open": one, "groups": groups, "names": know.names}


def changed(files: Files, name: str, sent: Typed) -> Changed:
    """The folder after one thing was done to a row; Invalid, with the field, if it cannot be done."""
    drawn = drawings.opened(files, name)
    moments = {each.name for each in answers.known(files) if each.kind == "date-time"}
    done = typed.done(drawn, sent, drawings.taken(files), moments)
    saved = drawings.kept(files, name, done.document, done.english)
    return Changed(saved, _next(editing.table(drawn), editing.table(done.document), done.made, sent.get("at", "")))


def _next(before: Table, now: Table, made: str, at: str) -> str:
    """The row to go on at: what was made, else the row itself, else the one before it that is left."""
    row = before.row(at)
    tries = (made, at, *(row.after if row else ()))
    return next((each for each in tries if now.row(each)), "")


def _english(files: Files) -> dict[str, str]:
    try:
        tasks = pages.read(files.get(pages.FILE, "")).get("tasks", {})
    except Invalid:
        return {}
    return {task: str(said.get("name_en", "")) for task, said in tasks.items() if isinstance(said, dict)}


def _does(files: Files) -> Options:
    """What the platform can do in a step: its services, and the decisions of the folder."""
    services = ((f"service:{name}", words.service(name)) for name in sorted(cases.handlers))
    try:
        known = reading.decisions(files).known
    except Invalid:
        known = {}
    named = sorted({part.name for _, part in known.values()})
    return (*services, *((f"rule:{name}", words.decision(name)) for name in named))
