"""A scenario folder, compiled: process, questionnaires and settings checked against each other. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import structs

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal.rules.entries import canonical
from zhongshu.engine.cases.rules import asking, checks, fit, letters, signing
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.cases.rules.reading import decisions as _decisions
from zhongshu.engine.cases.rules.reading import file as _file
from zhongshu.engine.cases.rules.reading import form as _form
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.findings import Finding

if TYPE_CHECKING:
    from zhongshu.engine.decisions.rules.dmn.folder import Decisions
    from zhongshu.engine.decisions.rules.dmn.running import Result
    from zhongshu.engine.processes.rules.bpmn import Reading

MAX_FILES, MAX_BYTES = 50, 2_000_000
KINDS = frozenset({".toml", ".bpmn", ".json", ".dmn", ".typ", ".md"})
"""The endings of the files a folder may hold."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One immutable version of a scenario, ready to run.

    `forms` holds the questionnaire of each task that has one; `warnings` what its author should look at.
    """

    code: str
    version: int
    settings: pages.Settings
    net: nets.Net
    form: intake.Questionnaire
    forms: Mapping[str, intake.Questionnaire]
    responsible: feel.Expression
    decided: feel.Expression
    assignees: Mapping[str, feel.Expression]
    decisions: "Decisions"
    warnings: tuple[Finding, ...] = ()

    def task_name(self, element: str, language: str = "zh-hans") -> str:
        """A task's name for showing; one that only earlier versions have goes by what it is called now, else its id."""
        now = element if element in self.settings.tasks else self.settings.moves.get(element, element)
        if now not in self.settings.tasks:
            return element
        if now == signing.SIGNATURE and language != "en":
            return signing.CALLED
        return self.settings.tasks[now].name_en if language == "en" else self.net.elements[now].name or now

    def decide(self, decision: str, data: Mapping[str, Any], at: datetime) -> "Result":
        """What a decision of the folder answers for a case's data: its `value` as JSON holds it, and `notes` for
        the author. Raises Invalid for a name no decision file has; `decision in scenario.decisions` asks before.
        """
        return self.decisions.decide(decision, data, at)

    def decided_by(self, data: Mapping[str, Any]) -> bool:
        """Whether a case with this data is decided, so that its applicant can take nothing back."""
        return self.decided.evaluate(data) is True

    def phase_name(self, phase: str, language: str = "zh-hans") -> str:
        """A phase's name for showing; one that only earlier versions have goes by its code."""
        found = self.settings.phases.get(phase) or pages.ENDINGS.get(phase)
        return phase if found is None else found.name_en if language == "en" else found.name


def compile(version: int, files: Mapping[str, str]) -> Scenario:
    """The scenario in these files (name → text). Invalid names the file and what is wrong in it."""
    page = pages.read(_file(files, "scenario.toml"))
    reading = _reading(files, page.process)
    net = reading.net
    assert net is not None
    decisions = _decisions(files)
    settings = fit.with_lanes(page, net)
    findings = fit.check(settings, net, reading.lines, decisions.known)
    if any(finding.severity == "error" for finding in findings):
        raise fit.Misfit(findings)
    if settings.case.ended not in settings.phases:
        raise Invalid("结束阶段 {phase} 未在 phases 中定义。", phase=settings.case.ended)
    form = _form(files, settings.form)
    if settings.start:
        _check_start(settings.start, form)
    letters.check(settings.letters, settings.tasks, files)
    forms = {name: _form(files, task.form) for name, task in settings.tasks.items() if task.form}
    for name, task in settings.tasks.items():
        _check_questions(net, settings, name, forms.get(name))
        if task.whistle:
            _check_whistle(net, settings, name, task.whistle, forms.get(name))
    return Scenario(
        code=settings.code,
        version=version,
        settings=structs.replace(settings, tasks={**settings.tasks, signing.SIGNATURE: signing.TASK}),
        net=net,
        form=form,
        forms={**forms, signing.SIGNATURE: signing.FORM},
        responsible=feel.compile(settings.case.responsible),
        decided=feel.compile(settings.case.decided),
        assignees={n: feel.compile(t.assignee) for n, t in settings.tasks.items() if t.assignee},
        decisions=decisions,
        warnings=(*reading.warnings, *findings),
    )


def digest(files: Mapping[str, str]) -> str:
    """By what two folders are known to say the same, in hexadecimal: SHA-256 of their files."""
    return hashlib.sha256(canonical(files).encode()).hexdigest()


def written(settings: pages.Settings) -> dict[str, str]:
    """The expressions the page itself holds, by where they stand (a JSON pointer)."""
    found = {"/case/responsible": settings.case.responsible, "/case/decided": settings.case.decided}
    return found | {f"/tasks/{name}/assignee": task.assignee for name, task in settings.tasks.items() if task.assignee}


def _check_questions(
    net: nets.Net, settings: pages.Settings, name: str, form: intake.Questionnaire | None
) -> None:  # fmt: skip
    """Refuse a question under whose name the platform itself writes of its task: the answer would be lost."""
    own = checks.OWN | asking.OWN if asking.asks(net, settings, name) else checks.OWN
    if taken := [field.name for field in form.fields if field.name in own] if form else []:
        raise Invalid(
            "{file} 的题目不能叫“{question}”：平台用这个名字记下谁在什么时候办的，填的内容会被盖掉。请改名。",
            field=f"/properties/{taken[0]}", file=settings.tasks[name].form, question=taken[0],
        )  # fmt: skip


def _check_whistle(
    net: nets.Net, settings: pages.Settings, name: str, asked: pages.WhistleSettings, form: intake.Questionnaire | None
) -> None:
    """Refuse a whistle that nobody could answer, or that asks what its form does not."""
    called = net.elements.get(asked.task)
    if (
        not isinstance(called, nets.Task)
        or not isinstance(called.rounds, nets.Instances)
        or settings.tasks[asked.task].pool != "body"
    ):
        raise Invalid("环节 {task} 吹哨到 {to}，它须是多实例任务，且 pool 为 body。", task=name, to=asked.task)
    kinds = {field.name: "body" if field.widget == "body" else field.kind for field in form.fields} if form else {}
    wanted = {**dict.fromkeys(asked.bodies, "body"), **dict.fromkeys(asked.hours, "integer")}
    for question, kind in wanted.items():
        if kinds.get(question) != kind:
            raise Invalid(
                "环节 {task} 吹哨用到的问题 {question} 不在它的问卷里，或类型不对。", task=name, question=question
            )
    if not asked.bodies or len(asked.hours) > len(asked.bodies):
        raise Invalid("环节 {task} 吹哨须写明点名的问题，时限的问题不多于它们。", task=name)


def _check_start(start: pages.StartSettings, form: intake.Questionnaire) -> None:
    """Refuse a start that takes its place or its title from what its form does not ask in words."""
    texts = {field.name for field in form.fields if field.kind in ("text", "longtext", "choice")}
    if unknown := [question for question in (start.place, start.title) if question and question not in texts]:
        raise Invalid("start 用到的问题 {question} 不在它的问卷里，或不是文字。", question=unknown[0])


def _reading(files: Mapping[str, str], name: str) -> "Reading":
    """The drawing, with the other drawings of the folder as processes it may call."""
    from zhongshu.engine.processes.rules import bpmn  # loads lxml: not before the first scenario is compiled

    others: dict[str, nets.Net] = {}
    for other, text in sorted(files.items()):
        if other.endswith(".bpmn") and other != name:
            called = bpmn.read(text.encode(), others)
            others[called.process_id] = called
    reading = bpmn.examine(_file(files, name).encode(), others)
    if reading.net is None:
        raise bpmn.Unreadable((*reading.errors, *reading.warnings))
    return reading
