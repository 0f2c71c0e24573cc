"""How two pages of settings differ: task by task, then whatever else."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from zhongshu.engine.studio.rules.comparing.told import Change, flat, pointer, shown

_OF_A_TASK: Mapping[str, str] = {
    "role": "环节“{task}”由谁办：{before} → {after}。",
    "pool": "环节“{task}”派到哪一级：{before} → {after}。",
    "deadline": "环节“{task}”的期限：{before} → {after}。",
    "form": "环节“{task}”的问卷：{before} → {after}。",
    "assignee": "环节“{task}”指定给谁：{before} → {after}。",
    "apart": "环节“{task}”不能与谁同一人办：{before} → {after}。",
    "position": "环节“{task}”是否要定位：{before} → {after}。",
    "near": "环节“{task}”要在多少米以内：{before} → {after}。",
    "phase": "环节“{task}”所在的阶段：{before} → {after}。",
    "name_en": "环节“{task}”的英文名：{before} → {after}。",
    "returns": "环节“{task}”能否退回：{before} → {after}。",
    "signing": "环节“{task}”会签的时限：{before} → {after}。",
}
_OF_THE_WHOLE: Mapping[tuple[str, ...], str] = {
    ("code",): "场景代码：{before} → {after}。",
    ("name",): "场景名称：{before} → {after}。",
    ("name_en",): "场景的英文名：{before} → {after}。",
    ("prefix",): "编号前缀：{before} → {after}。",
    ("process",): "流程图的文件：{before} → {after}。",
    ("form",): "上报的问卷：{before} → {after}。",
    ("case", "deadline"): "整件的期限：{before} → {after}。",
    ("case", "responsible"): "责任单位怎样确定：{before} → {after}。",
    ("case", "decided"): "何时算已作出决定：{before} → {after}。",
    ("case", "reopens"): "办结后几天内可以重新办理：{before} → {after}。",
}
_ANY = "设置 {path}：{before} → {after}。"


def compare(before: str, after: str, names: Mapping[str, str]) -> list[Change] | None:
    """The differences in words; None where one of them is no TOML. `names`: what the drawing calls its elements."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except (ValueError, RecursionError):
        return None
    return [*_tasks(old, new, names), *_leaves(old, new, names)]


def _tasks(old: dict[str, Any], new: dict[str, Any], names: Mapping[str, str]) -> Iterator[Change]:
    was, now = _of_tasks(old), _of_tasks(new)
    for task in [*(now.keys() - was.keys()), *(was.keys() - now.keys())]:
        told = "写明了环节“{task}”由谁办、多久办完。" if task in now else "去掉了环节“{task}”的设置。"
        yield Change(f"/tasks/{task}", told, {"task": names.get(task, task)})


def _leaves(old: dict[str, Any], new: dict[str, Any], names: Mapping[str, str]) -> Iterator[Change]:
    was, now = flat(old), flat(new)
    on_both = _of_tasks(old).keys() & _of_tasks(new).keys()
    for path in sorted(was.keys() | now.keys()):
        one_sided = path[0] == "tasks" and len(path) > 1 and path[1] not in on_both
        if not one_sided and (path not in was or path not in now or was[path] != now[path]):
            yield _leaf(path, was.get(path), now.get(path), names)


def _leaf(path: tuple[str, ...], before: Any, after: Any, names: Mapping[str, str]) -> Change:
    gaps = {"before": shown(before), "after": shown(after)}
    if path[0] == "tasks" and len(path) == 3 and path[2] in _OF_A_TASK:
        return Change(pointer(path), _OF_A_TASK[path[2]], {**gaps, "task": names.get(path[1], path[1])})
    return Change(pointer(path), _OF_THE_WHOLE.get(path, _ANY), {**gaps, "path": ".".join(path)})


def _of_tasks(page: dict[str, Any]) -> dict[str, Any]:
    found = page.get("tasks", {})
    return found if isinstance(found, dict) else {}
