"""The letters of a draft as its pages show them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk.studio.presenters import known
from zhongshu.engine.cases.rules import letters as settings
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.rules import signing
from zhongshu.engine.letters.rules import example, naming, numbers, sources
from zhongshu.engine.studio.rules.editing.letters import HAND, SUPPLEMENT, TASK, Letter

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in the list: its name and when it is made, in words; a template others use has neither."""

    code: str
    name: str = ""
    made: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Usable:
    """A name a template may use: how it is written there, what it is, an example."""

    written: str
    title: str
    example: str


_PARTS = {
    "letter.name": gettext_noop("文书名称"), "letter.number": gettext_noop("文号"),
    "letter.body": gettext_noop("落款单位"), "letter.date": gettext_noop("制作日期"),
    "case.number": gettext_noop("办件编号"), "case.title": gettext_noop("办件标题"),
    "case.place": gettext_noop("地点"), "case.address": gettext_noop("详细地址"),
    "case.opened": gettext_noop("提出日期"), "case.due": gettext_noop("办结期限"),
    "applicant.name": gettext_noop("申请人姓名"), "applicant.phone": gettext_noop("申请人电话"),
    "supplement.due": gettext_noop("补正期限"), "row.what": gettext_noop("要补的材料"),
    "row.why": gettext_noop("为什么要补"), "by": gettext_noop("由谁办理"), "closed": gettext_noop("办结日期"),
}  # fmt: skip


def listed(files: Files) -> tuple[list[Listed], list[Listed]]:
    """The letters of a draft, and the templates that are none but that others use."""
    said, steps = _said(files), known.steps(files)
    stems = (path.removeprefix(sources.FOLDER).removesuffix(".typ") for path in sources.templates(files))
    letters = [
        Listed(code, str(each.get("name", "")), made_in_words(_made(each), steps), str(each.get("number", "")))
        for code, each in said.items()
    ]
    return letters, [Listed(stem) for stem in stems if stem not in said]


def one(files: Files, name: str) -> Letter | None:
    """What a draft says of a letter; None for a template others use; Absent if there is neither."""
    said = _said(files).get(name)
    if said is None:
        if settings.file(name) not in files:
            raise Absent("没有这份文书，它可能已被删除。请回到文书的清单。")
        return None
    parts = {key: str(said.get(key, "")) for key in ("name", "name_en", "when", "number")}
    return Letter(**parts, made=_made(said), to=str(said.get("to", "file")), names=str(said.get("names", "masked")))


def typed(said: Mapping[str, str]) -> Letter:
    """A letter as it was typed."""
    parts = {key: said.get(key, "").strip() for key in ("name", "name_en", "when", "number")}
    return Letter(**parts, made=said.get("made", HAND), to=_of(said, "to", "file", "applicant"),
                  names=_of(said, "names", "masked", "full"))  # fmt: skip


def _of(said: Mapping[str, str], key: str, *known: str) -> str:
    found = said.get(key, known[0])
    if found not in known:
        raise Invalid("请从列表中选。", field=key)
    return found


def moments(files: Files, now: str) -> list[tuple[str, str]]:
    """When a letter may be made: choice and words; the one it has is among them."""
    steps = known.steps(files)
    found = [HAND, SUPPLEMENT, *(f"{TASK}{name}" for name in known.tasks(files))]
    return [(each, made_in_words(each, steps)) for each in dict.fromkeys([*found, now])]


def made_in_words(made: str, steps: Mapping[str, str]) -> str:
    """When a letter is made, in words."""
    if made == SUPPLEMENT:
        return gettext("要求补正时自动制作")
    if made.startswith(TASK):
        task = made.removeprefix(TASK)
        return gettext("环节“{task}”办结时自动制作").format(task=steps.get(task, task))
    return gettext("由经办人需要时制作")


def usable(files: Files, letter: str) -> list[Usable]:
    """What the template of a letter may name; empty while the draft cannot be put together."""
    try:
        scenario = scenarios.compile(1, files)
    except Invalid:
        return []
    if letter not in scenario.settings.letters:
        return []
    steps = {**known.steps(files), signing.SIGNATURE: gettext(signing.CALLED)}
    return list(_usable(naming.names(example.data(scenario, letter)), steps))


def _usable(names: tuple[naming.Name, ...], steps: Mapping[str, str]) -> Iterator[Usable]:
    row = ""
    for each in names:
        if each.row != row and each.row:
            yield Usable(f"#for row in data.{each.row} [ … ]", gettext("逐行写出，行里用下面几项"), "")
        row = each.row
        yield Usable(f"#{'' if row else 'data.'}{each.path}", _title(each, steps), each.example)


def _title(each: naming.Name, steps: Mapping[str, str]) -> str:
    parts = each.path.split(".")
    words = {"words": gettext("（汉字）"), "capital": gettext("（大写）")}.get(parts[-1], "")
    if each.title:
        said = each.title
    else:
        plain = ".".join(part for part in parts if part not in ("words",))
        said = gettext(_PARTS.get(plain) or _PARTS.get(parts[2] if parts[0] == "tasks" else "", "") or plain)
    step = steps.get(parts[1], parts[1]) if parts[0] == "tasks" else ""
    return known.of_step(step, f"{said}{words}")


def _said(files: Files) -> dict[str, Mapping[str, Any]]:
    found = known.page(files).get("letters", {})
    return {name: each for name, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}


def _made(said: Mapping[str, Any]) -> str:
    if task := said.get("task"):
        return f"{TASK}{task}"
    return SUPPLEMENT if said.get("made") == SUPPLEMENT else HAND


def number_example(pattern: str, year: int) -> str:
    """The first number of a year by this pattern; empty where there is none or it is no pattern."""
    try:
        numbers.check(pattern)
    except Invalid:
        return ""
    return numbers.written(pattern, year, 1) if pattern else ""
