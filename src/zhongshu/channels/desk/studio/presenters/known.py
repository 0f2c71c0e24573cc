"""The names a scenario's expressions can use: what its questionnaires ask, each by its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import reading
from zhongshu.engine.studio.rules.comparing import drawings
from zhongshu.engine.studio.rules.editing import pages


@dataclass(frozen=True, slots=True)
class Known:
    """A name, and what it is the answer to."""

    path: str
    title: str


def known(files: Mapping[str, str]) -> list[Known]:
    """The questions of a draft by the paths expressions read them by; those of a broken file are left out."""
    settings, called = page(files), steps(files)
    forms = [("answers", str(settings.get("form", "")), "")]
    forms += [(name, str(task.get("form", "")), called.get(name, name)) for name, task in tasks(files).items()]
    return [each for part, file, step in forms if file in files for each in _of(files, part, file, step)]


def _of(files: Mapping[str, str], part: str, file: str, step: str) -> Iterator[Known]:
    try:
        form = reading.form(files, file)
    except Invalid:
        return
    for field in form.fields:
        title = field.called(language())
        yield Known(f"{part}.{field.name}", f"{step}：{title}" if step else title)


def page(files: Mapping[str, str]) -> Mapping[str, Any]:
    """The page of settings as plain data; empty where it cannot be read."""
    try:
        return pages.read(files.get(pages.FILE, ""))
    except Invalid:
        return {}


def tasks(files: Mapping[str, str]) -> dict[str, Mapping[str, Any]]:
    """The tasks the page of settings has, by id."""
    found = page(files).get("tasks", {})
    return {name: task for name, task in found.items() if isinstance(task, dict)} if isinstance(found, dict) else {}


def steps(files: Mapping[str, str]) -> dict[str, str]:
    """What the drawings call their elements, by id."""
    return {
        id: name for file, text in files.items() if file.endswith(".bpmn") for id, name in drawings.names(text).items()
    }
