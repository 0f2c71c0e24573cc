"""The author's examples beside a draft, each with whether it still goes as it says."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.presenters.sections import Said
from zhongshu.engine.cases.rules.examining import Finding, is_sound
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial import Trial

FOLDER = "trials/"
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its file, what it is called, how many steps; `goes` is None while the draft cannot be tried."""

    file: str
    title: str
    steps: int
    goes: bool | None
    said: tuple[Said, ...]


def listed(draft: Draft, files: Mapping[str, str], findings: Iterable[Finding]) -> list[Example]:
    """The examples, in the order of their names."""
    found = list(findings)
    others = [one for one in found if not one.file.startswith(FOLDER)]
    names = [name for name in files if name.startswith(FOLDER) and name.endswith(".json")]
    return [_example(draft, name, files[name], found, is_sound(others)) for name in names]


def _example(draft: Draft, name: str, text: str, findings: list[Finding], sound: bool) -> Example:
    said = tuple(sections.said(draft.pk, (one for one in findings if one.file == name)))
    title = name.removeprefix(FOLDER).removesuffix(".json")
    try:
        read = trial.read_example(text)
    except Invalid:
        return Example(name, title, 0, False, said)
    return Example(name, read.title or title, len(read.kept.steps), not said if sound else None, said)


def named(typed: str, files: Mapping[str, str]) -> str:
    """The file a new example is kept in; Conflict where there is one of that name."""
    title = re.sub(r"[^\w-]+", "-", typed.strip())[:LONGEST].strip("-")
    if not re.match(r"\w", title):
        raise Invalid("请写上例子的名称，例如：正常办结。", field="example-title")
    name = f"{FOLDER}{title}.json"
    if name in files:
        raise Conflict("已有名为“{title}”的例子，请换一个名称，或先删去原来的。", field="example-title", title=title)
    return name


def text(tried: Trial, title: str, town: trial.Where) -> str:
    """What the file says."""
    return json.dumps(trial.as_example(tried, title.strip(), town), ensure_ascii=False, indent=2) + "\n"


def chosen(typed: str, files: Mapping[str, str]) -> str:
    """The example that was chosen."""
    if not (typed in files and typed.startswith(FOLDER)):
        raise Invalid(gettext("没有这个例子，请从列表里选。"), field="example")
    return typed
