"""Deadlines that differ by category (`[deadlines]`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs, Options
from zhongshu.channels.desk.studio.presenters.tasks import limits
from zhongshu.channels.desk.studio.presenters.tasks.around import CASE, Around, table
from zhongshu.channels.presenters import names
from zhongshu.engine.studio.rules.editing import pages
from zhongshu.registers.catalogue import queries as catalogue

KEY = "deadlines"
TITLE = "按类别的期限"


@dataclass(frozen=True, slots=True)
class Row:
    """A deadline of a category, in words; `key` names both."""

    key: str
    category: str
    task: str
    limit: str


def rows(around: Around) -> list[Row]:
    """All of them, by category."""
    found = ((code, id, text) for code, row in sorted(_known(around).items()) for id, text in row.items())
    return [
        Row(f"{code}/{id}", names.category(code) or code, _task(around, id), limits.said(str(text), around, id))
        for code, id, text in found
    ]


def summary(around: Around) -> str:
    """In one line."""
    count = sum(map(len, _known(around).values()))
    return gettext("{n} 条").format(n=count) if count else gettext("各类别一样")


def inputs(around: Around, key: str = "") -> Inputs:
    """The deadline to be changed (`category/task`) as the inputs hold it; else one to be added."""
    code, _, id = key.partition("/")
    text = str(_known(around).get(code, {}).get(id, "")) or "1 working_days"
    return {"category": [code], "of": [id or CASE], **limits.inputs(text, around, id or CASE, "category-limit")}


def form(around: Around, typed: Inputs) -> list[Control]:
    """The inputs to add one, or change what is there."""
    tasks = [(CASE, gettext("全程")), *((id, around.name(id)) for id in around.tasks)]
    of = controls.value(typed, "of")
    return [
        controls.among(typed, "category", gettext("类别"), [("", [("", gettext("请选择"))]), *_offered()]),
        controls.select(typed, "of", gettext("环节"), tasks),
        limits.control(
            typed, "category-limit", gettext("期限"), around, of if of in around.tasks else CASE, optional=False
        ),
    ]


def changed(around: Around, typed: Inputs) -> str:
    """The page of settings with a deadline more, another one, or without one (`drop`)."""
    if dropped := controls.value(typed, "drop"):
        return _without(around, dropped)
    code = controls.value(typed, "category")
    if code not in _known(around) and code not in {code for _, inner in _offered() for code, _ in inner}:
        raise Invalid("请选择类别。", field="category")
    of = controls.one_of(typed, "of", [CASE, *around.tasks])
    text = limits.written(typed, "category-limit", around, of)
    if not text:
        raise Invalid("请写明期限。", field="category-limit-how")
    return pages.said(around.text, (KEY, code), {of: text})


def _without(around: Around, key: str) -> str:
    code, _, id = key.partition("/")
    row = _known(around).get(code, {})
    if list(row) != [id]:
        return pages.dropped(around.text, (KEY, code, id))
    path = (KEY,) if len(_known(around)) == 1 else (KEY, code)
    return pages.dropped(around.text, path)


def _known(around: Around) -> Mapping[str, Mapping[str, object]]:
    return {code: table(row) for code, row in table(around.known, KEY).items()}


def _task(around: Around, id: str) -> str:
    return gettext("全程") if id == CASE else around.name(id)


def _offered() -> list[tuple[str, Options]]:
    """Classes and their categories, under the name of the class."""
    whole = gettext("{name}（整个大类）")
    return [
        (
            names.category(each.code),
            [
                (each.code, whole.format(name=names.category(each.code))),
                *((inner.code, names.category(inner.code)) for inner in catalogue.children(each.code)),
            ],
        )
        for each in catalogue.children(None)
    ]
