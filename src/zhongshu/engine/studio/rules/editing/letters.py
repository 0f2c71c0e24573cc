"""The letters of a scenario changed: its page of settings and its templates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.cases.rules import letters as settings
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.letters.rules import numbers, sources
from zhongshu.engine.studio.rules.editing import pages

Files = Mapping[str, str]
Changed = dict[str, str | None]
HAND, SUPPLEMENT, TASK = "hand", "supplement", "task:"
"""When a letter is made, as one choice: by hand, when a supplement is asked for, when a task (`task:look`) ends."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as its author says it; `made` is one of the choices above."""

    name: str
    name_en: str
    made: str = HAND
    when: str = ""
    number: str = ""
    to: str = "file"
    names: str = "masked"


def new(files: Files, name: str, name_en: str, template: str) -> tuple[str, Changed]:
    """A letter to begin with, from a template; its code comes from the English name, and no other file has it."""
    if not name:
        raise Invalid("请写上文书的名称。", field="name")
    page = files.get(pages.FILE, "")
    if len(pages.read(page).get("letters", {})) >= settings.MOST:
        raise Conflict("一个场景最多 {most} 种文书。", most=settings.MOST)
    words = re.findall("[a-z0-9]+", name_en.lower())
    stem = "_".join(words)[:30].strip("_") if words and words[0][0].isalpha() else "letter"
    code = next(one for one in (stem, *(f"{stem}_{n}" for n in range(2, 1_000))) if settings.file(one) not in files)
    page = pages.said(page, ("letters", code), {"name": name, "name_en": name_en or name})
    return code, {pages.FILE: page, settings.file(code): template}


def changed(files: Files, code: str, letter: Letter) -> Changed:
    """The page of settings with what a letter says; Invalid for what it could not be made by, at its `field`."""
    if not letter.name:
        raise Invalid("请写上文书的名称。", field="name")
    _check("number", numbers.check, letter.number)
    _check("when", feel.compile, letter.when or "true")
    values: dict[str, pages.Value] = {
        "name": letter.name, "name_en": letter.name_en or letter.name,
        "task": letter.made.removeprefix(TASK) if letter.made.startswith(TASK) else "",
        "made": SUPPLEMENT if letter.made == SUPPLEMENT else "", "when": letter.when, "number": letter.number,
        "to": letter.to if letter.to != "file" else "", "names": letter.names if letter.names != "masked" else "",
    }  # fmt: skip
    return {pages.FILE: pages.said(files.get(pages.FILE, ""), ("letters", code), values)}


def _check(field: str, check: Callable[[str], object], said: str) -> None:
    try:
        check(said)
    except Invalid as problem:
        raise Invalid(problem.sentence, field=field, **problem.gaps) from None


def template(files: Files, name: str, text: str) -> Changed:
    """The template of this name with another text; Invalid, with file and line, where it reaches for something."""
    path, text = settings.file(name), text.replace("\r\n", "\n")
    for found in sources.reaching({**files, path: text}):
        if found.element_id == path:
            raise Invalid(found.sentence, field="text", **found.gaps)
    return {path: text}


def without(files: Files, name: str) -> Changed:
    """The files without a letter; Conflict for a template that another one uses."""
    path = settings.file(name)
    rest = {file: text for file, text in files.items() if file != path}
    if using := next((found.element_id for found in sources.reaching(rest) if found.gaps.get("wanted")), ""):
        raise Conflict("{file} 还引用它，请先改那一个。", file=using)
    page = files.get(pages.FILE, "")
    if name not in pages.read(page).get("letters", {}):
        return {path: None}
    return {path: None, pages.FILE: pages.dropped(page, ("letters", name))}
