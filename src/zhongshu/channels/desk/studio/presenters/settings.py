"""The page of settings but for its tasks: as its form shows it, and with what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters import controls, naming
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.process import words
from zhongshu.channels.desk.studio.presenters.tasks import limits
from zhongshu.channels.desk.studio.presenters.tasks.around import CASE, Around, table
from zhongshu.channels.desk.studio.presenters.tasks.one import OWN
from zhongshu.engine.studio.rules.editing import answers, pages

Options = tuple[tuple[str, str], ...]

READ: Mapping[str, Callable[[str], str]] = {"name": naming.named, "name_en": str.strip, "prefix": naming.prefixed}
"""Name → how what was typed is read; Invalid where it will not do."""
_CASE = {"ended": "closed", "reopens": "30"}
"""Key of the case → what holds where nothing is said."""
_LONGEST_REOPENING = 9_999


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the way, and how many tasks lie in it; `fixed`: it cannot be taken away."""

    code: str
    name: str
    name_en: str
    used: int
    fixed: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form."""

    controls: Sequence[Control]
    phases: Sequence[Phase]


def form(around: Around, typed: Inputs | None = None) -> Form:
    """The form of a page of settings; what was typed and not taken stands in it again."""
    saved = _inputs(around)
    inputs = saved if typed is None else {**saved, **typed}
    return Form(_controls(around, inputs), [_phase(around, code, inputs) for code in table(around.known, "phases")])


def _inputs(around: Around) -> Inputs:
    case = table(around.known, "case")
    found = {key: [str(around.known.get(key, ""))] for key in READ}
    found |= {f"case-{key}": [str(case.get(key, usual))] for key, usual in _CASE.items()}
    found |= limits.inputs(str(case.get("deadline", "")), around, CASE, "case-deadline")
    found |= _chosen(case, "responsible", _bodies()) | _chosen(case, "decided", _decisions(around))
    for code, said in table(around.known, "phases").items():
        found |= {name: [str(table(said).get(key, ""))] for key, name in _named(code).items()}
    return found


def _chosen(case: Mapping[str, Any], key: str, offered: Options) -> dict[str, list[str]]:
    """What is set, as a choice of what is offered or as an expression of the author's own."""
    said = str(case.get(key, ""))
    usual = said in dict(offered)
    return {f"case-{key}": [said if usual else OWN], f"case-{key}-feel": ["" if usual else said]}


def _bodies() -> Options:
    """Who may answer for a case."""
    return (
        ("started.body", gettext("发起人的单位")), ("dispatch.body", gettext("派遣选定的单位")),
        ("", gettext("不定")), (OWN, gettext("由表达式定")),
    )  # fmt: skip


def _decisions(around: Around) -> Options:
    """What a case may count as decided by."""
    steps = {id: around.name(id) for id in around.tasks}
    ready = words.conditions(answers.ready(around.answers), steps)
    return (("", gettext("不定，办结前都可以撤回")), *ready.items(), (OWN, gettext("由表达式定")))


def _named(code: str) -> dict[str, str]:
    """Key of a phase → its input."""
    return {"name": f"phase-{code}", "name_en": f"phase-{code}_en"}


def _controls(around: Around, inputs: Inputs) -> list[Control]:
    text = controls.text
    return [
        text(inputs, "name", gettext("名称")),
        text(inputs, "name_en", gettext("英文名称")),
        text(inputs, "prefix", gettext("编号前缀"), gettext("2 至 6 个字母，案件的编号以它开头。")),
        limits.control(inputs, "case-deadline", gettext("全程期限"), around, CASE),
        controls.select(inputs, "case-responsible", gettext("由哪个单位负责"), _bodies()),
        text(inputs, "case-responsible-feel", gettext("由哪个单位负责：得出单位编号的表达式"), kind="feel"),
        controls.select(
            inputs, "case-decided", gettext("什么时候算已经决定"), _decisions(around), gettext("此后申请人不能再撤回。")
        ),
        text(inputs, "case-decided-feel", gettext("什么时候算已经决定：表达式"), kind="feel"),
        controls.select(inputs, "case-ended", gettext("办结后的阶段"), around.phases()),
        text(inputs, "case-reopens", gettext("办结后多少天内可以重新办理（0 为不可以）"), kind="number"),
    ]


def _phase(around: Around, code: str, inputs: Inputs) -> Phase:
    used = sum(around.task(id).get("phase") == code for id in around.tasks)
    name, english = (controls.value(inputs, part) for part in _named(code).values())
    return Phase(code, name, english, used, fixed=bool(used) or controls.value(inputs, "case-ended") == code)


def changed(around: Around, typed: Inputs) -> str:
    """The page of settings with what was typed: its names, the case, the phases, one taken away or one more."""
    said = {key: read(controls.value(typed, key)) for key, read in READ.items() if key in typed}
    text = pages.said(around.text, (), said)
    text = pages.said(text, ("case",), _case(around, typed))
    for code in table(around.known, "phases"):
        text = pages.said(text, ("phases", code), _words(typed, _named(code)))
    if gone := controls.value(typed, "drop-phase"):
        text = pages.dropped(text, ("phases", gone))
    if added := controls.value(typed, "new-phase").strip():
        english = controls.value(typed, "new-phase-en").strip()
        text = pages.said(text, ("phases", _free(around)), {"name": added, "name_en": english or added})
    return text


def _case(around: Around, typed: Inputs) -> Mapping[str, pages.Value]:
    before = str(table(around.known, "case").get("deadline", ""))
    reopens = controls.whole(typed, "case-reopens", 0, _LONGEST_REOPENING)
    return {
        **_words(typed, {"ended": "case-ended"}),
        **_said(typed, "responsible", _bodies()),
        **_said(typed, "decided", _decisions(around)),
        "deadline": limits.written(typed, "case-deadline", around, CASE, before),
        "reopens": int(_CASE["reopens"]) if reopens is None else reopens,
    }


def _said(typed: Inputs, key: str, offered: Options) -> Mapping[str, str]:
    if f"case-{key}" not in typed:
        return {}
    chosen = controls.one_of(typed, f"case-{key}", dict(offered))
    return {key: controls.value(typed, f"case-{key}-feel").strip() if chosen == OWN else chosen}


def _words(typed: Inputs, parts: Mapping[str, str]) -> dict[str, Any]:
    """What was typed of these parts; one that was not on the page stays as it is."""
    return {key: controls.value(typed, part).strip() for key, part in parts.items() if part in typed}


def _free(around: Around) -> str:
    """A code for a new phase that no other has."""
    taken = table(around.known, "phases")
    return next(code for number in range(1, 1_000) if (code := f"phase_{number}") not in taken)
