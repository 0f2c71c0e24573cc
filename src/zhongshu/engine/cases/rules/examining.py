"""Everything there is to say about a scenario folder at once, each thing with its file and its place. Pure.

`scenario.compile` stops at the first thing wrong; whoever writes a scenario wants them all. Every part is looked at by
itself; a folder whose parts are sound is then compiled, so that nothing is called good here that cannot be loaded.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.engine.cases.rules import fit, reading, scenario
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import findings as drawing
from zhongshu.engine.processes.rules.net import Net

PAGE = "scenario.toml"
_EXAMPLES = ("trials/", "decisions/")
"""Folders of what is tried and worked out as an author expects: nothing of the scenario reads them."""
_LINE = re.compile(r"at line (\d+)")
_AT = re.compile(r"at `\$\.?([^`]*)`")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one file of a folder; about the folder as a whole where `file` is empty.

    `place`: the id of an element of the drawing, or a JSON pointer (`/tasks/look/form`) in settings and questionnaires;
    empty where the whole file is meant. `line` counts from 1; 0 where it is not known. `sentence` is the translation
    key, `gaps` fill its `{names}`.
    """

    file: str
    place: str
    severity: Literal["error", "warning"]
    sentence: str
    gaps: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


class Unsound(Invalid):
    """A folder that cannot be used; `findings` are all there is to say about it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        super().__init__("有 {count} 处要改，先改好再办。{file}：{first}", count=len(errors), file=errors[0].file,
                         first=str(errors[0]))  # fmt: skip


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing in the list keeps a folder from being used."""
    return all(finding.severity != "error" for finding in findings)


Look = Callable[[scenario.Scenario, Mapping[str, str]], Iterable[drawing.Finding]]
"""What else is to be looked at in a folder that compiles; the `element_id` of what it finds is the file."""


def examine(files: Mapping[str, str], services: Collection[str], looks: Iterable[Look] = ()) -> tuple[Finding, ...]:
    """Everything about these files (name → text): errors first. `services` are the handlers a service task may name."""
    settings, found = _settings(files)
    found += _decisions(files)
    if settings is not None:
        found += [*_expressions(settings), *_forms(files, settings), *_process(files, settings)]
    if is_sound(found):
        found += _whole(files, services, looks)
    found += _unused(files, settings)
    once = {(each.file, each.place, each.line, str(each)): each for each in found}
    return tuple(sorted(once.values(), key=lambda each: each.severity != "error"))


def told(file: str, refusal: Refusal, place: str = "") -> list[Finding]:
    """A refusal as findings about a file: all those it brings along, else itself."""
    if isinstance(refusal, drawing.Unreadable | fit.Misfit):
        return [_drawn(file, each) for each in refusal.findings]
    pointer = refusal.field if refusal.field.startswith("/") else ""
    line = str(refusal.gaps.get("line", getattr(refusal, "line", 0)))
    return [
        Finding(file, place or pointer, "error", refusal.sentence, refusal.gaps, int(line) if line.isdigit() else 0)
    ]


def _drawn(file: str, each: drawing.Finding) -> Finding:
    return Finding(file, each.element_id, each.severity, each.sentence, each.gaps, each.line)


def _tried(file: str, work: Callable[[], object], place: str = "") -> list[Finding]:
    try:
        work()
    except Invalid as refusal:
        return told(str(refusal.gaps.get("file", file)), refusal, place)
    return []


def _settings(files: Mapping[str, str]) -> tuple[pages.Settings | None, list[Finding]]:
    if PAGE not in files:
        return None, [Finding(PAGE, "", "error", "场景文件夹缺少文件 {file}。", {"file": PAGE})]
    try:
        settings = pages.parse(files[PAGE])
    except Invalid as refusal:
        why = str(refusal.gaps["why"])
        line, at = _LINE.search(why), _AT.search(why)
        place = "/" + re.sub(r"\[\.\.\.\]", "", at[1]).replace(".", "/") if at else ""
        return None, [Finding(PAGE, place, "error", refusal.sentence, refusal.gaps, int(line[1]) if line else 0)]
    found = [each for place, check in pages.checks(settings) for each in _tried(PAGE, check, place)]
    if settings.case.ended not in settings.phases:
        gaps = {"phase": settings.case.ended}
        found.append(Finding(PAGE, "/case/ended", "error", "结束阶段 {phase} 未在 phases 中定义。", gaps))
    return settings, found


def _expressions(settings: pages.Settings) -> Iterator[Finding]:
    """What of the page is not FEEL."""
    for place, text in scenario.written(settings).items():
        try:
            feel.compile(text)
        except feel.SyntaxProblem as problem:
            yield from told(PAGE, problem, place)


def _forms(files: Mapping[str, str], settings: pages.Settings) -> Iterator[Finding]:
    asked = {"/form": settings.form} | {f"/tasks/{name}/form": each.form for name, each in settings.tasks.items()}
    for place, name in asked.items():
        if name and name not in files:
            yield Finding(PAGE, place, "error", "场景文件夹缺少文件 {file}。", {"file": name})
    for name in sorted({*asked.values()} & files.keys()):
        try:
            reading.form(files, name)
        except Invalid as refusal:
            yield from told(name, refusal)


def _process(files: Mapping[str, str], settings: pages.Settings) -> Iterator[Finding]:
    """What is wrong with the drawings; or, where they can be read, how they fit the page."""
    from zhongshu.engine.processes.rules import bpmn  # loads lxml: not before the first scenario is looked at

    others: dict[str, Net] = {}
    if settings.process not in files:
        yield Finding(PAGE, "/process", "error", "场景文件夹缺少文件 {file}。", {"file": settings.process})
        return
    for name in (
        *sorted(name for name in files if name.endswith(".bpmn") and name != settings.process),
        settings.process,
    ):
        drawn = bpmn.examine(files[name].encode(), others)
        yield from (_drawn(name, each) for each in (*drawn.errors, *drawn.warnings))
        if drawn.net is None:
            return
        others[drawn.net.process_id] = drawn.net
        net, lines = drawn.net, drawn.lines
    try:
        known = reading.decisions(files).known
        for each in fit.check(fit.with_lanes(settings, net), net, lines, known):
            yield _drawn(settings.process if each.line else PAGE, each)
    except Invalid:
        return  # said about the file it is in


def _decisions(files: Mapping[str, str]) -> list[Finding]:
    from zhongshu.engine.decisions.rules.dmn import folder  # loads lxml, as above

    tables = {name: text for name, text in files.items() if name.endswith(".dmn")}
    return [each for file, refusal in folder.examine(tables) for each in told(file, refusal)]


def _whole(files: Mapping[str, str], services: Collection[str], looks: Iterable[Look]) -> list[Finding]:
    """What only the whole folder shows: what else `compile` refuses, services nobody offers, what others look at."""
    try:
        compiled = scenario.compile(1, files)
    except Invalid as refusal:
        gaps = refusal.gaps
        place = next((f"/{part}s/{gaps[part]}" for part in ("letter", "task") if part in gaps), "")
        return told(PAGE if "letter" in gaps else str(gaps.get("file", PAGE)), refusal, place)
    unknown = (each for each in compiled.net.services() if each.handler not in services)
    process, sentence = compiled.settings.process, "场景调用了没有的服务 {handler}。"
    found = [Finding(process, each.id, "error", sentence, {"handler": each.handler}) for each in unknown]
    looked = (each for look in looks for each in look(compiled, files))
    return found + [Finding(each.element_id, "", each.severity, each.sentence, each.gaps, each.line) for each in looked]


def _unused(files: Mapping[str, str], settings: pages.Settings | None) -> list[Finding]:
    """Questionnaires that nothing asks: most often a name misspelt."""
    if settings is None:
        return []
    asked = {settings.form, *(task.form for task in settings.tasks.values())}
    left = sorted(n for n in files if n.endswith(".json") and n not in asked and not n.startswith(_EXAMPLES))
    return [Finding(name, "", "warning", "没有环节用到这张问卷。") for name in left]
