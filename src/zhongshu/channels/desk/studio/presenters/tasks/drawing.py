"""What the drawing's names stand for: roles of lanes, starts of sources, what is called otherwise than before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import words
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, table
from zhongshu.channels.presenters import names
from zhongshu.engine.studio.rules.editing import pages

SPARE = 2
"""Empty rows below those there are."""
LONGEST_ID = 100


def lanes(around: Around) -> list[str]:
    """The lanes of the drawing, then those only the settings have."""
    return list(dict.fromkeys([*around.drawing.lane_names(), *around.lane_roles]))


def sources(around: Around) -> list[str]:
    """Where cases may come from, where a start can be chosen at all."""
    known = table(around.known, "starts")
    return list(dict.fromkeys([*names.SOURCES, *known])) if known or len(around.drawing.starts) > 1 else []


def inputs(around: Around) -> Inputs:
    """What is set, as the inputs hold it."""
    starts = table(around.known, "starts")
    found = {f"lane-{n}": [around.lane_roles.get(lane, "")] for n, lane in enumerate(lanes(around))}
    found |= {f"from-{source}": [str(starts.get(source, ""))] for source in sources(around)}
    for n, (old, new) in enumerate([*table(around.known, "moves").items(), *[("", "")] * SPARE]):
        found |= {f"old-{n}": [old], f"new-{n}": [str(new)]}
    return found


def lane_form(around: Around, typed: Inputs) -> list[Control]:
    """A role for each lane."""
    roles = [("", gettext("不用")), *words.roles()]
    return [controls.select(typed, f"lane-{n}", lane, roles) for n, lane in enumerate(lanes(around))]


def lanes_changed(around: Around, typed: Inputs) -> str:
    """The page of settings with the roles that were chosen."""
    roles = ["", *dict(words.roles())]
    chosen = {lane: controls.one_of(typed, f"lane-{n}", roles) for n, lane in enumerate(lanes(around))}
    return pages.only(around.text, ("lanes",), chosen)


def start_form(around: Around, typed: Inputs) -> list[Control]:
    """A start for each source."""
    starts = [("", gettext("通常的开始")), *around.drawing.starts.items()]
    return [controls.select(typed, f"from-{each}", names.source(each), starts) for each in sources(around)]


def starts_changed(around: Around, typed: Inputs) -> str:
    """The page of settings with the starts that were chosen."""
    starts = ["", *around.drawing.starts]
    chosen = {each: controls.one_of(typed, f"from-{each}", starts) for each in sources(around)}
    return pages.only(around.text, ("starts",), chosen)


def move_form(around: Around, typed: Inputs) -> list[Control]:
    """Rows of an old name and what it is called now; a few empty ones below."""
    elements = [("", gettext("请选择")), *_elements(around).items()]
    return [
        Control(
            "pair", f"move-{n}", gettext("第 {n} 行").format(n=n + 1),
            inner={
                "old": controls.text(typed, f"old-{n}", gettext("以前的编号")),
                "new": controls.select(typed, f"new-{n}", gettext("现在是"), elements),
            },
        )
        for n in _numbers(typed)
    ]  # fmt: skip


def moves_changed(around: Around, typed: Inputs) -> str:
    """The page of settings with the rows that were typed; one without an old name goes."""
    said: dict[str, str] = {}
    for n in _numbers(typed):
        old, new = (controls.value(typed, f"{key}-{n}").strip() for key in ("old", "new"))
        if not old:
            continue
        if len(old) > LONGEST_ID or old in said:
            raise Invalid("以前的编号写了两次，或者太长。", field=f"old-{n}")
        said[old] = _known_element(around, new, f"new-{n}")
    return pages.only(around.text, ("moves",), said)


def _known_element(around: Around, id: str, field: str) -> str:
    if id not in _elements(around) and id not in table(around.known, "moves").values():
        raise Invalid("请选择它现在是流程里的哪一个。", field=field)
    return id


def _elements(around: Around) -> Mapping[str, str]:
    return around.drawing.elements


def _numbers(typed: Inputs) -> Sequence[Any]:
    return range(min(sum(name.startswith("old-") for name in typed), 200))
