"""The form of one task: who does it, by when, and what must come with it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Group, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import limits, whistle, words
from zhongshu.channels.desk.studio.presenters.tasks.around import Around
from zhongshu.channels.desk.studio.presenters.tasks.around import words as listed
from zhongshu.channels.desk.studio.presenters.tasks.listed import of_lane
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.studio.rules.editing import pages

OWN = "*"
"""Chosen where the author writes the expression themselves."""
FARTHEST = 100_000
LONGEST_NAME = 80


def inputs(around: Around, task: str) -> Inputs:
    """What is set for a task, as the inputs of its form hold it."""
    known = around.task(task)
    returns = known.get("returns", True)
    assignee = str(known.get("assignee", ""))
    usual = assignee in dict(_doers(around, task))
    phases = around.phases()
    return {
        "phase": [str(known.get("phase", phases[0][0] if phases else ""))],
        **{key: [str(known.get(key, ""))] for key in ("name_en", "form", "role")},
        "pool": [str(known.get("pool", "body"))],
        "assignee": [assignee if usual else OWN],
        "assignee-feel": ["" if usual else assignee],
        "apart": listed(known.get("apart")),
        **limits.inputs(str(known.get("deadline", "")), around, task, "deadline"),
        **limits.span_inputs(str(known.get("signing", "")), "signing"),
        "position": [str(known.get("position", "none"))],
        "near": [str(known.get("near") or "")],
        "returns": ["these" if listed(returns) else "any" if returns is True else "none"],
        "returns-to": listed(returns),
        **whistle.inputs(known),
    }


def form(around: Around, task: str, typed: Inputs) -> list[Group]:
    """The form of a task, with what was typed in it."""
    found = [_about(around, task, typed), _doing(around, task, typed)]
    found.append(Group(gettext("期限"), [limits.control(typed, "deadline", gettext("何时办完"), around, task)]))
    found.append(_going_back(around, task, typed))
    found.append(_on_the_spot(typed))
    if calling := whistle.controls_of(around, task, typed):
        found.append(Group(gettext("吹哨"), calling, rare=True))
    return found


def _about(around: Around, task: str, typed: Inputs) -> Group:
    text, select = controls.text, controls.select
    return Group(
        gettext("基本"),
        [
            select(typed, "phase", gettext("属于哪个阶段"), around.phases(), gettext("阶段在“基本设置”里写。")),
            select(typed, "form", gettext("办理时填哪张问卷"), [("", gettext("不用填问卷")), *_forms(around)]),
            text(typed, "name_en", gettext("英文名称")),
        ],
    )


def _forms(around: Around) -> list[tuple[str, str]]:
    said = gettext("{title}（{file}）")
    return [(file, said.format(title=around.title(file), file=file)) for file in around.forms]


def _doing(around: Around, task: str, typed: Inputs) -> Group:
    return Group(
        gettext("由谁办"),
        [
            controls.select(
                typed, "role", gettext("角色"), [("", of_lane(around, task) or gettext("请选择")), *words.roles()]
            ),
            controls.select(
                typed, "pool", gettext("在哪一级办"), words.pools(),
                gettext("有这个角色、管着这一级的人都看得到，谁先领谁办。"),
            ),
            controls.select(
                typed, "assignee", gettext("直接交给谁"), [*_doers(around, task), (OWN, gettext("由表达式定"))]
            ),
            controls.text(
                typed, "assignee-feel", gettext("直接交给谁：表达式"),
                gettext("例如 if handle.result = \"done\" then handle.by else null；得不出人员，就由角色里的人领办。"),
                kind="feel",
            ),
            controls.checks(typed, "apart", gettext("不能和这些环节由同一人办"), around.others(task)),
        ],
    )  # fmt: skip


def _doers(around: Around, task: str) -> list[tuple[str, str]]:
    said = gettext("办“{task}”的人")
    by_task = [(f"{id}.by", said.format(task=name)) for id, name in around.others(task)]
    return [("", gettext("不指定，由角色里的人领办")), ("started.by", gettext("发起人本人")), *by_task]


def _going_back(around: Around, task: str, typed: Inputs) -> Group:
    ways = [
        ("any", gettext("可以退回到任何已办环节")),
        ("these", gettext("只能退回到下面打勾的环节")),
        ("none", gettext("不能退回")),
    ]
    back = [
        controls.select(typed, "returns", gettext("能不能退回"), ways),
        controls.checks(typed, "returns-to", gettext("可以退回到"), around.others(task)),
    ]
    return Group(gettext("能退回到哪里"), back, rare=True)


def _on_the_spot(typed: Inputs) -> Group:
    return Group(
        gettext("现场和会签"),
        [
            controls.select(typed, "position", gettext("办理位置"), words.positions()),
            controls.text(
                typed, "near", gettext("须在离事发地多远以内（不填为不限）"), kind="number", unit=gettext("米")
            ),
            limits.span(typed, "signing", gettext("请人会签的时限（不填由经办人定）")),
        ],
        rare=True,
    )  # fmt: skip


def changed(around: Around, task: str, typed: Inputs) -> str:
    """The page of settings with what was typed for a task."""
    text = pages.said(around.text, ("tasks", task), _said(around, task, typed))
    return whistle.changed(text, around, task, typed)


def _said(around: Around, task: str, typed: Inputs) -> Mapping[str, pages.Value]:
    others = dict(around.others(task))
    kept = around.task(task)
    position = controls.one_of(typed, "position", dict(words.positions()))
    return {
        "phase": controls.one_of(typed, "phase", dict(around.phases())),
        "name_en": _name(typed, around.name(task)),
        "form": controls.one_of(typed, "form", ["", *around.forms, str(kept.get("form", ""))]),
        "role": controls.one_of(typed, "role", ["", *dict(words.roles())]),
        "pool": controls.one_of(typed, "pool", dict(words.pools())),
        "assignee": _assignee(around, task, typed),
        "apart": controls.some_of(typed, "apart", others, listed(kept.get("apart"))),
        "deadline": limits.written(typed, "deadline", around, task, str(kept.get("deadline", ""))),
        "signing": limits.span_written(typed, "signing", str(kept.get("signing", ""))),
        "position": "" if position == "none" else position,
        "near": controls.whole(typed, "near", 0, FARTHEST) or "",
        "returns": _returns(typed, others, listed(kept.get("returns"))),
    }


def _name(typed: Inputs, usual: str) -> str:
    found = controls.value(typed, "name_en").strip()
    if len(found) > LONGEST_NAME:
        raise Invalid("英文名称最多 {most} 个字符。", field="name_en", most=LONGEST_NAME)
    return found or usual


def _assignee(around: Around, task: str, typed: Inputs) -> str:
    chosen = controls.one_of(typed, "assignee", [OWN, *dict(_doers(around, task))])
    if chosen != OWN:
        return chosen
    written = controls.value(typed, "assignee-feel").strip()
    try:
        feel.compile(written)
    except feel.SyntaxProblem as problem:
        raise Invalid("表达式有误：{why}", field="assignee-feel", why=str(problem)) from None
    return written


def _returns(typed: Inputs, others: Mapping[str, Any], before: list[str]) -> pages.Value:
    """Any is what holds where nothing is said."""
    match controls.one_of(typed, "returns", ("any", "these", "none")):
        case "any":
            return ""
        case "none":
            return False
    chosen = controls.some_of(typed, "returns-to", others, before)
    if not chosen:
        raise Invalid("请勾选可以退回到的环节，或选择不能退回。", field="returns-to")
    return chosen
