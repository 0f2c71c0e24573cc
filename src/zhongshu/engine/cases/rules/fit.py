"""Whether the drawing and the page of settings of a scenario fit each other, said with the element. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import dues
from zhongshu.engine.cases.rules.settings import Settings
from zhongshu.engine.cases.rules.signing import SIGNATURE
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.findings import Finding

GIVEN = frozenset(
    [
        "source",
        "category",
        "text",
        "answers",
        "on_the_spot",
        "own_body",
        "device",
        "confidence",
        "times",
        "whistle",
        "started",
    ]
)
"""The names every case's data may have, whatever its process."""


class Misfit(Invalid):
    """A scenario whose files do not fit each other; `findings` are all there are."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if len(errors) == 1:
            super().__init__(errors[0].sentence, **errors[0].gaps)
        else:
            super().__init__("场景有 {count} 处要改。{first}", count=len(errors), first=str(errors[0]))


def with_lanes(settings: Settings, net: nets.Net) -> Settings:
    """The settings with the role of its lane for each task that names none; the innermost lane with a role counts."""
    tasks = dict(settings.tasks)
    for name, task in tasks.items():
        roles = [settings.lanes[lane] for lane in net.lanes.get(name, ()) if lane in settings.lanes]
        if not task.role and roles:
            tasks[name] = msgspec.structs.replace(task, role=roles[-1])
    return msgspec.structs.replace(settings, tasks=tasks)


def check(settings: Settings, net: nets.Net, lines: Mapping[str, int], decisions: Iterable[str]) -> list[Finding]:
    """Everything about how the two fit; `lines` of the drawing by element, `decisions` by name and id."""
    known = set(decisions)
    looks = (
        _tasks(settings, net), _doers(settings), _deadlines(settings), _rules(net, known), _names(settings, net),
        _moves(settings, net), _starts(settings, net),
    )  # fmt: skip
    return [Finding(id, lines.get(id, 0), said, gaps, "error" if wrong else "warning") for look in looks
            for id, wrong, said, gaps in look]  # fmt: skip


Said = Iterator[tuple[str, bool, str, dict[str, Any]]]


def _tasks(settings: Settings, net: nets.Net) -> Said:
    tasks = {task.id for task in net.tasks()}
    if SIGNATURE in tasks | settings.tasks.keys():
        yield SIGNATURE, True, "环节不能名为 {name}：会签用了这个名字，请改名。", {"name": SIGNATURE}
    for task in sorted(tasks & GIVEN):
        yield task, True, "环节不能名为 {name}：办件自己的数据用了这个名字，请改名。", {"name": task}
    for task in sorted(tasks - settings.tasks.keys()):
        yield task, True, "scenario.toml 没有写明环节 {task} 由谁办理。", {"task": task}
    for task in sorted(settings.tasks.keys() - tasks):
        yield task, True, "scenario.toml 写了流程中没有的环节 {task}。", {"task": task}


def _moves(settings: Settings, net: nets.Net) -> Said:
    for id in sorted({new for new in settings.moves.values() if new not in net.elements and new not in net.flows}):
        yield id, True, "scenario.toml 的 moves 指向流程中没有的 {id}。", {"id": id}


def _starts(settings: Settings, net: nets.Net) -> Said:
    known = {start.id for start in net.starts[net.process_id]}
    for id in sorted({*settings.starts.values()} - known):
        yield id, True, "scenario.toml 的 starts 指向流程中没有的开始事件 {id}。", {"id": id}


def _doers(settings: Settings) -> Said:
    for name, task in settings.tasks.items():
        if not task.role:
            sentence = "环节 {task} 没有人能办：请在 scenario.toml 写明角色（role），或给它的泳道写明角色（lanes）。"
            yield name, True, sentence, {"task": name}


def _deadlines(settings: Settings) -> Said:
    by_category = {task for terms in settings.deadlines.values() for task in terms}
    for name, task in settings.tasks.items():
        if not task.deadline and name not in by_category:
            yield name, False, "环节 {task} 没有期限，逾期不会有人知道。", {"task": name}


def _rules(net: nets.Net, decisions: set[str]) -> Said:
    for rule in net.rules():
        if rule.decision not in decisions:
            sentence = "规则任务要问的决策“{decision}”不在这个文件夹的 .dmn 文件里。"
            yield rule.id, True, sentence, {"decision": rule.decision}


def _names(settings: Settings, net: nets.Net) -> Said:
    known = GIVEN | net.writes()
    written = {"responsible": settings.case.responsible}
    written |= {name: task.assignee for name, task in settings.tasks.items() if task.assignee}
    limits = [("case", settings.case.deadline), *((name, task.deadline) for name, task in settings.tasks.items())]
    reads = [
        *net.reads().items(), *((id, feel.compile(text).names - {"item"}) for id, text in written.items()),
        *((id, dues.read(text).names) for id, text in limits if dues.is_expression(text)),
    ]  # fmt: skip
    for id, names in reads:
        for name in sorted(names - known):
            yield id, False, "表达式里的“{name}”在这个办件里不会有值。", {"name": name}
