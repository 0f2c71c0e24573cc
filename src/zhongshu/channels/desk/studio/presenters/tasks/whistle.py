"""That the outcome of a task calls bodies (吹哨)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, table
from zhongshu.channels.desk.studio.presenters.tasks.around import words as listed
from zhongshu.engine.studio.rules.editing import pages

KEY = "whistle"


def inputs(known: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is set, as the inputs hold it."""
    said = table(known, KEY)
    parts = {f"{KEY}-{key}": listed(said.get(key)) for key in ("bodies", "hours")}
    return {f"{KEY}-task": [str(said.get("task", ""))], **parts}


def controls_of(around: Around, task: str, typed: Inputs) -> list[Control]:
    """Its inputs; none where no task of the drawing is done by several bodies, and nothing is set."""
    called = [(id, name) for id, name in around.others(task) if id in around.drawing.each]
    if not called and not around.task(task).get(KEY):
        return []
    return [
        controls.select(
            typed, f"{KEY}-task", gettext("被吹哨的单位办哪个环节"), [("", gettext("不吹哨")), *called],
            gettext("只有由多个单位同时办的环节可以选。"),
        ),
        controls.checks(
            typed, f"{KEY}-bodies", gettext("点名单位的问题（问卷里排在最前的是牵头单位）"),
            around.questions(task, "body"),
        ),
        controls.checks(
            typed, f"{KEY}-hours", gettext("各单位时限的问题（小时数，顺序和上面一致）"),
            around.questions(task, "integer"),
        ),
    ]  # fmt: skip


def changed(text: str, around: Around, task: str, typed: Inputs) -> str:
    """The page of settings with what was typed; a form without these inputs leaves it as it is."""
    path = ("tasks", task, KEY)
    if f"{KEY}-task" not in typed:
        return text
    called = controls.one_of(typed, f"{KEY}-task", ["", *dict(around.others(task))])
    if not called:
        return pages.only(text, path, {})
    bodies = _chosen(around, task, typed, "bodies", "body")
    hours = _chosen(around, task, typed, "hours", "integer")
    if not bodies:
        raise Invalid("请勾选点名单位的问题；问卷里还没有，就先加上。", field=f"{KEY}-bodies")
    if len(hours) > len(bodies):
        raise Invalid("时限的问题不能比点名单位的问题多。", field=f"{KEY}-hours")
    return pages.said(text, path, {"task": called, "bodies": bodies, "hours": hours})


def _chosen(around: Around, task: str, typed: Inputs, part: str, kind: str) -> list[str]:
    """What was ticked, what was set before first: their order says who leads, and which limit is whose."""
    before = listed(table(around.task(task), KEY).get(part))
    return controls.some_of(typed, f"{KEY}-{part}", dict(around.questions(task, kind)), before)
