"""The parts of the page beside the tasks themselves: each in one line, and as a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import alarms, categories, drawing, start, supplement
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, table


@dataclass(frozen=True, slots=True)
class Kind:
    """A part: its name, what it says in a line, its inputs with what is set, and the page after what was typed."""

    title: str
    summary: Callable[[Around], str]
    inputs: Callable[[Around], Inputs]
    form: Callable[[Around, Inputs], Sequence[Control]]
    changed: Callable[[Around, Inputs], str]
    help: str = ""
    submit: str = "保存"


@dataclass(frozen=True, slots=True)
class Part:
    """A part as shown; `rows` are the deadlines by category."""

    key: str
    title: str
    summary: str
    help: str
    submit: str
    controls: Sequence[Control]
    open: bool
    rows: Sequence[categories.Row] = ()


def _count(name: str) -> Callable[[Around], str]:
    def said(around: Around) -> str:
        count = len(table(around.known, name))
        return gettext("{n} 条").format(n=count) if count else gettext("没有")

    return said


KINDS: Mapping[str, Kind] = {
    "start": Kind(start.TITLE, start.summary, start.inputs, start.form, start.changed),
    "deadlines": Kind(
        categories.TITLE, categories.summary, categories.inputs, categories.form, categories.changed,
        "有的类别要快一些，有的要宽一些：写在这里，没有写到的按环节的期限。大类写了，小类没有写，就按大类。",
        "写入这一条",
    ),
    "supplement": Kind(
        supplement.TITLE, supplement.summary, supplement.inputs, supplement.form, supplement.changed
    ),
    "alarms": Kind(alarms.TITLE, alarms.summary, alarms.inputs, alarms.form, alarms.changed),
    "lanes": Kind(
        "泳道和角色", _count("lanes"), drawing.inputs, drawing.lane_form, drawing.lanes_changed,
        "环节自己没有写角色的，就是它所在泳道的角色。",
    ),
    "starts": Kind(
        "从哪里开始", _count("starts"), drawing.inputs, drawing.start_form, drawing.starts_changed,
        "流程图有几个开始时，不同来源的件各从哪一个开始。",
    ),
    "moves": Kind(
        "改过编号的环节", _count("moves"), drawing.inputs, drawing.move_form, drawing.moves_changed,
        "上一版里的环节或连线在这一版换了编号的，写在这里，在办的件才能跟着换过来。",
    ),
}  # fmt: skip
"""In the order they are shown."""


def parts(around: Around, opened: str, typed: Inputs | None, wanted: str = "", *, followed: bool = False) -> list[Part]:
    """All parts; the one called `opened` is open, with what was typed in it (None: what is set).

    `wanted` is the deadline by category to be changed; `followed`: whether there is a version before this one.
    """
    found = [_part(around, key, kind, opened == key, typed, wanted) for key, kind in KINDS.items()]
    followed = followed or bool(table(around.known, "moves"))
    return [each for each in found if each.controls and (followed or each.key != "moves")]


def _part(around: Around, key: str, kind: Kind, open: bool, typed: Inputs | None, wanted: str) -> Part:
    saved = categories.inputs(around, wanted) if key == "deadlines" else kind.inputs(around)
    shown = kind.form(around, typed if open and typed is not None else saved)
    rows = categories.rows(around) if key == "deadlines" else ()
    help = gettext(kind.help) if kind.help else ""
    return Part(key, gettext(kind.title), kind.summary(around), help, gettext(kind.submit), shown, open, rows)
