"""The steps of a questionnaire and what stands together in each."""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.intake.rules.document import mapping, only, refuse
from zhongshu.engine.intake.rules.fields import LONGEST_NAME, names, rule, text
from zhongshu.engine.intake.rules.shape import Group, Step

MOST_STEPS = 50
"""Also groups of one step."""
WHOLE = "form"
"""The name of the one step, and of its one group, where the author made none."""
_STEP = {"name", "title", "title_en", "help", "help_en", "visible", "groups"}
_GROUP = {"name", "title", "title_en", "help", "help_en", "fields"}


def steps(ui: Mapping[str, Any], title: str, title_en: str, known: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a document, or the one step of all questions. Every question stands in exactly one group."""
    if "steps" not in ui:
        return (Step(WHOLE, title, title_en, "", "", None, (Group(WHOLE, "", "", "", "", tuple(known)),)),)
    path = "/x-ui/steps"
    if "order" in ui:
        raise refuse("{path} 处不能用：有了 steps，次序由它决定。", "/x-ui/order")
    found = tuple(
        _step(mapping(part, f"{path}/{n}"), known, f"{path}/{n}") for n, part in enumerate(_parts(ui["steps"], path))
    )
    _differ([step.name for step in found], path)
    _differ([group.name for step in found for group in step.groups], path)
    asked = [name for step in found for name in step.fields]
    _differ(asked, path)
    if missing := [name for name in known if name not in set(asked)]:
        raise refuse("{path} 处没有放进“{name}”，请把每一项放进一步。", path, name=missing[0])
    return found


def _step(part: Mapping[str, Any], known: Mapping[str, Any], path: str) -> Step:
    only(part, _STEP, path)
    groups = tuple(
        _group(mapping(each, f"{path}/groups/{n}"), known, f"{path}/groups/{n}")
        for n, each in enumerate(_parts(part.get("groups"), f"{path}/groups"))
    )
    return Step(*_words(part, path), rule(part, "visible", path), groups)


def _group(part: Mapping[str, Any], known: Mapping[str, Any], path: str) -> Group:
    only(part, _GROUP, path)
    return Group(*_words(part, path), tuple(names(part.get("fields"), known, f"{path}/fields")))


def _words(part: Mapping[str, Any], path: str) -> tuple[str, str, str, str, str]:
    """Name, title and help, each of the latter in both languages."""
    name = text(part, "name", path, LONGEST_NAME)
    if not name.isidentifier():
        raise refuse("{path} 的名称应当由字母、汉字、数字或下划线组成，不以数字开头。", f"{path}/name")
    title, explained = text(part, "title", path), text(part, "help", path)
    return (
        name, title, text(part, "title_en", path) or title,
        explained, text(part, "help_en", path) or explained,
    )  # fmt: skip


def _parts(found: Any, path: str) -> list[Any]:
    if not isinstance(found, list) or not 0 < len(found) <= MOST_STEPS:
        raise refuse("{path} 处应当是 1 至 {most} 个的列表。", path, most=MOST_STEPS)
    return found


def _differ(found: list[str], path: str) -> None:
    twice = [name for n, name in enumerate(found) if name in found[:n]]
    if twice:
        raise refuse("{path} 处的“{name}”出现了两次，请留一处。", path, name=twice[0])
