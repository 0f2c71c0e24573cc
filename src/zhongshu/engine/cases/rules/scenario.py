"""A scenario folder, compiled: process, questionnaires and settings checked against each other. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import structs

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.cases.rules import signing
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.engine.processes.rules import net as nets


@dataclass(frozen=True, slots=True)
class Scenario:
    """One immutable version of a scenario, ready to run. `forms` holds the questionnaire of each task that has one."""

    code: str
    version: int
    settings: pages.Settings
    net: nets.Net
    form: intake.Questionnaire
    forms: Mapping[str, intake.Questionnaire]
    responsible: feel.Expression
    assignees: Mapping[str, feel.Expression]

    def task_name(self, element: str, language: str = "zh-hans") -> str:
        """A task's name for showing."""
        if language == "en":
            return self.settings.tasks[element].name_en
        if element == signing.SIGNATURE:
            return signing.CALLED
        return self.net.elements[element].name or element

    def phase_name(self, phase: str, language: str = "zh-hans") -> str:
        """A phase's name for showing."""
        found = self.settings.phases.get(phase) or pages.ENDINGS[phase]
        return found.name_en if language == "en" else found.name


def compile(version: int, files: Mapping[str, str]) -> Scenario:
    """The scenario in these files (name → text). Invalid names the file and what is wrong in it."""
    settings = pages.read(_file(files, "scenario.toml"))
    net = _net(files, settings.process)
    tasks = {task.id for task in net.tasks()}
    if signing.SIGNATURE in tasks | settings.tasks.keys():
        raise Invalid("环节不能名为 {name}：会签用了这个名字，请改名。", name=signing.SIGNATURE)
    if missing := tasks - settings.tasks.keys():
        raise Invalid("scenario.toml 没有写明环节 {task} 由谁办理。", task=min(missing))
    if unknown := settings.tasks.keys() - tasks:
        raise Invalid("scenario.toml 写了流程中没有的环节 {task}。", task=min(unknown))
    if settings.case.ended not in settings.phases:
        raise Invalid("结束阶段 {phase} 未在 phases 中定义。", phase=settings.case.ended)
    forms = {name: _form(files, task.form) for name, task in settings.tasks.items() if task.form}
    for name, task in settings.tasks.items():
        if task.whistle:
            _check_whistle(net, settings, name, task.whistle, forms.get(name))
    return Scenario(
        code=settings.code,
        version=version,
        settings=structs.replace(settings, tasks={**settings.tasks, signing.SIGNATURE: signing.TASK}),
        net=net,
        form=_form(files, settings.form),
        forms={**forms, signing.SIGNATURE: signing.FORM},
        responsible=feel.compile(settings.case.responsible),
        assignees={n: feel.compile(t.assignee) for n, t in settings.tasks.items() if t.assignee},
    )


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


def _file(files: Mapping[str, str], name: str) -> str:
    try:
        return files[name]
    except KeyError:
        raise Invalid("场景文件夹缺少文件 {file}。", file=name) from None


def _net(files: Mapping[str, str], name: str) -> nets.Net:
    from zhongshu.engine.processes.rules import bpmn  # loads lxml: not before the first scenario is compiled

    return bpmn.read(_file(files, name).encode())


def _form(files: Mapping[str, str], name: str) -> intake.Questionnaire:
    try:
        document: dict[str, Any] = json.loads(_file(files, name))
    except ValueError as problem:
        raise Invalid("{file} 不是有效的 JSON：{why}", file=name, why=str(problem)) from None
    return intake.read(document)
