"""The order of questions, and the steps and groups they are asked in.

Without steps a questionnaire has one, and its order is `x-ui.order`; with steps every question stands in exactly one
group, and that is the order.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.studio.rules.editing.questions import paths

Document = Mapping[str, Any]
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class StepPanel:
    """All an author can say of a step, or of a group of a step (`visible` is the step's alone)."""

    title: str
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    visible: str = ""


def placed(document: Document, path: str, after: str) -> dict[str, Any]:
    """The document with the question after another of the same home (empty: as the first)."""
    copy = deepcopy(dict(document))
    name = paths.name(path)
    if paths.outer(path):
        home = paths.home(copy, path)
        order = _after(list(home["properties"]), name, after)
        home["properties"] = {each: home["properties"][each] for each in order}
        return copy
    if found := steps(copy):
        fields = _fields_with(copy, after) if after else found[0]["groups"][0]["fields"]
        _each_group(copy, lambda each: each if each is fields else [n for n in each if n != name])
        fields[:] = _after(fields, name, after)
        return copy
    _ui(copy)["order"] = _after(paths.order(copy), name, after)
    return copy


def put(document: Document, name: str, group: str) -> dict[str, Any]:
    """The document with the question as the last of a group of a step."""
    copy = deepcopy(dict(document))
    fields: list[str] = _found([each for step in steps(copy) for each in step["groups"]], group)["fields"]
    if name not in copy.get("properties", {}):
        raise Absent("问卷里没有“{name}”这一题。", name=name)
    _each_group(copy, lambda each: each if each is fields else [n for n in each if n != name])
    fields[:] = [*(each for each in fields if each != name), name]
    return copy


def _after(names: list[str], name: str, after: str) -> list[str]:
    rest = [each for each in names if each != name]
    if after and after not in rest:
        raise Absent("问卷里没有“{name}”这一题。", name=after)
    place = rest.index(after) + 1 if after else 0
    return [*rest[:place], name, *rest[place:]]


def moved(document: Document, path: str, by: int) -> dict[str, Any]:
    """The document with the question `by` places later (negative: earlier) among those of its home.

    Where there are steps it goes on into the group before or after.
    """
    names = sequence(document, paths.outer(path))
    name = paths.name(path)
    if name not in names:
        raise Absent("问卷里没有“{name}”这一题。", name=name)
    if not paths.outer(path) and steps(document):
        return _moved_through(document, name, by)
    rest = [each for each in names if each != name]
    place = min(max(names.index(name) + by, 0), len(rest))
    return placed(document, path, rest[place - 1] if place else "")


def _moved_through(document: Document, name: str, by: int) -> dict[str, Any]:
    copy = deepcopy(dict(document))
    groups = [group["fields"] for step in steps(copy) for group in step["groups"]]
    for _ in range(abs(by)):
        at = next(i for i, group in enumerate(groups) if name in group)
        place = groups[at].index(name)
        inside = 0 <= place + (step := 1 if by > 0 else -1) < len(groups[at])
        if not inside and not 0 <= at + step < len(groups):
            break
        groups[at].pop(place)
        target = groups[at] if inside else groups[at + step]
        target.insert(place + step if inside else (0 if by > 0 else len(target)), name)
    return copy


def sequence(document: Document, group: str = "") -> list[str]:
    """The names in the order they are asked, by steps where there are any."""
    if group or not steps(document):
        return paths.order(document, group)
    listed = [name for step in steps(document) for each in step["groups"] for name in each["fields"]]
    return [*listed, *(name for name in paths.order(document) if name not in listed)]


def last(document: Document, path: str) -> str:
    """The last question of the same home that is not this one; empty if there is none."""
    names = [name for name in sequence(document, paths.outer(path)) if name != paths.name(path)]
    return names[-1] if names else ""


def without(document: Document, name: str) -> dict[str, Any]:
    """The layout without a question that is no more; empty groups stay, for the author to fill."""
    copy = deepcopy(dict(document))
    ui = copy.get("x-ui", {})
    if "order" in ui:
        ui["order"] = [each for each in ui["order"] if each != name]
    _each_group(copy, lambda fields: [each for each in fields if each != name])
    return copy


def step_added(document: Document, title: str) -> dict[str, Any]:
    """The document with one step more; the first one takes in the questions there are."""
    _titled(title)
    copy = deepcopy(dict(document))
    ui, names = _ui(copy), paths.order(copy)
    steps = ui.setdefault("steps", [])
    if len(steps) >= MOST_STEPS:
        raise Conflict("最多 {most} 步，请合并几步。", most=MOST_STEPS)
    if not steps:
        ui.pop("order", None)
        steps.append(_step("step_1", copy.get("title") or title, names))
    steps.append(_step(_free("step", {step["name"] for step in steps}), title, []))
    return copy


def group_added(document: Document, step: str, title: str) -> dict[str, Any]:
    """The document with one more group in a step."""
    _titled(title)
    copy = deepcopy(dict(document))
    taken = {group["name"] for each in steps(copy) for group in each["groups"]}
    _found(steps(copy), step)["groups"].append({"name": _free("group", taken), "title": title, "fields": []})
    return copy


def said(document: Document, name: str, panel: StepPanel) -> dict[str, Any]:
    """The document with this said of the step or group of that name."""
    _titled(panel.title)
    copy = deepcopy(dict(document))
    part = _found([*steps(copy), *(group for step in steps(copy) for group in step["groups"])], name)
    keys = ("title", "title_en", "help", "help_en", *(["visible"] if "groups" in part else []))
    for key in keys:
        if text := getattr(panel, key).strip():
            part[key] = text
        else:
            part.pop(key, None)
    return copy


def read(document: Document, name: str) -> StepPanel:
    """What the document says of a step or group."""
    part = _found([*steps(document), *(group for step in steps(document) for group in step["groups"])], name)
    return StepPanel(*(str(part.get(key, "")) for key in StepPanel.__slots__))


def removed(document: Document, name: str) -> dict[str, Any]:
    """The document without a step or group; its questions go to the one before, else to the one after.

    With the last but one step gone the questionnaire has no steps any more.
    """
    copy = deepcopy(dict(document))
    found = steps(copy)
    for step in found:
        if step["name"] == name:
            return _without_step(copy, found, step)
        if any(group["name"] == name for group in step["groups"]):
            return _without_group(copy, step, name)
    raise Absent("问卷里没有“{name}”这一步或这一组。", name=name)


def _without_step(copy: dict[str, Any], steps: list[dict[str, Any]], step: dict[str, Any]) -> dict[str, Any]:
    place = steps.index(step)
    steps.remove(step)
    if steps:
        fields = [name for group in step["groups"] for name in group["fields"]]
        into = steps[max(place - 1, 0)]["groups"]
        if place:
            into[-1]["fields"] += fields
        else:
            into[0]["fields"][:0] = fields
    if len(steps) <= 1:
        copy["x-ui"]["order"] = sequence(copy)
        del copy["x-ui"]["steps"]
    return copy


def _without_group(copy: dict[str, Any], step: dict[str, Any], name: str) -> dict[str, Any]:
    groups = step["groups"]
    if len(groups) == 1:
        raise Conflict("一步里至少要有一组；不要这一步就把它整个删去。")
    group = _found(groups, name)
    place = groups.index(group)
    groups.remove(group)
    into = groups[max(place - 1, 0)]["fields"]
    into[:] = [*into, *group["fields"]] if place else [*group["fields"], *into]
    return copy


def _step(name: str, title: str, fields: list[str]) -> dict[str, Any]:
    return {"name": name, "title": title, "groups": [{"name": f"{name}_group", "title": "", "fields": fields}]}


def steps(document: Document) -> list[dict[str, Any]]:
    """The steps of the document as it writes them; none where it has none."""
    found = document.get("x-ui", {}).get("steps", [])
    return found if isinstance(found, list) else []


def _ui(copy: dict[str, Any]) -> dict[str, Any]:
    found = copy.setdefault("x-ui", {})
    assert isinstance(found, dict)
    return found


def _found(parts: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for part in parts:
        if part["name"] == name:
            return part
    raise Absent("问卷里没有“{name}”这一步或这一组。", name=name)


def _fields_with(copy: Document, name: str) -> list[str]:
    for step in steps(copy):
        for group in step["groups"]:
            fields: list[str] = group["fields"]
            if name in fields:
                return fields
    raise Absent("问卷里没有“{name}”这一题。", name=name)


def _each_group(copy: Document, change: Callable[[list[str]], list[str]]) -> None:
    for step in steps(copy):
        for group in step["groups"]:
            group["fields"][:] = change(group["fields"])


def _free(stem: str, taken: set[str]) -> str:
    return next(name for number in range(1, 1_000) if (name := f"{stem}_{number}") not in taken)


def _titled(title: str) -> None:
    if not title.strip():
        raise Invalid("请写上名称。", field="title")
