"""Who may begin a case without a report of a place (`[start]`)."""

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import words
from zhongshu.channels.desk.studio.presenters.tasks.around import CASE, Around, table
from zhongshu.channels.desk.studio.presenters.tasks.around import words as listed
from zhongshu.engine.studio.rules.editing import pages

KEY = "start"
TITLE = "谁可以发起"


def summary(around: Around) -> str:
    """In one line."""
    known, roles = table(around.known, KEY), dict(words.roles())
    named = [roles.get(role, role) for role in listed(known.get("roles"))]
    starters = [name for code, name in words.starters() if code in listed(known.get("by"))]
    if not starters:
        return gettext("不能直接发起，只由上报产生")
    return controls.joined(starters) + (f"：{controls.joined(named)}" if named else "")


def inputs(around: Around) -> Inputs:
    """What is set, as the inputs hold it."""
    known = table(around.known, KEY)
    return {
        "start-by": listed(known.get("by")), "start-roles": listed(known.get("roles")),
        "start-category": ["on"] if known.get("category") else [],
        **{f"start-{key}": [str(known.get(key, ""))] for key in ("place", "title")},
    }  # fmt: skip


def form(around: Around, typed: Inputs) -> list[Control]:
    """Its inputs."""
    texts, none = _texts(around), [("", gettext("不用"))]
    return [
        controls.checks(
            typed, "start-by", gettext("谁可以直接发起"), words.starters(),
            gettext("都不勾，就只能由上报产生。"),
        ),
        controls.checks(
            typed, "start-roles", gettext("部门人员须有的角色（有一个就行）"), words.roles(),
            gettext("都不勾，就是所有能上报的人员。"),
        ),
        controls.checks(typed, "start-category", gettext("类别"), [("on", gettext("发起时须选类别"))]),
        controls.select(typed, "start-title", gettext("办件名称取自哪个问题"), [*none, *texts]),
        controls.select(
            typed, "start-place", gettext("办件地点取自哪个问题"), [*none, *texts],
            gettext("不用的话，办件就在发起人单位所在的地方。"),
        ),
    ]  # fmt: skip


def changed(around: Around, typed: Inputs) -> str:
    """The page of settings with what was typed."""
    known = inputs(around)
    by = controls.some_of(typed, "start-by", dict(words.starters()), known["start-by"])
    roles = controls.some_of(typed, "start-roles", dict(words.roles()), known["start-roles"])
    if not by:
        return pages.only(around.text, (KEY,), {})
    if roles and "official" not in by:
        raise Invalid("写了角色，就要让部门人员可以发起；或者去掉角色。", field="start-roles")
    texts = ["", *dict(_texts(around))]
    return pages.said(
        around.text, (KEY,),
        {
            "by": by, "roles": roles, "category": bool(controls.some_of(typed, "start-category", ("on",))) or "",
            "place": controls.one_of(typed, "start-place", texts),
            "title": controls.one_of(typed, "start-title", texts),
        },
    )  # fmt: skip


def _texts(around: Around) -> list[tuple[str, str]]:
    return around.questions(CASE, "text", "longtext", "choice")
