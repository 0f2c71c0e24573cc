"""The names a scenario's expressions can use: what its questionnaires ask, each by its path."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.comparing import drawings
from zhongshu.engine.studio.rules.editing import answers, pages
from zhongshu.engine.studio.rules.editing.answers import Answer


def known(files: Mapping[str, str]) -> dict[str, str]:
    """The questions of a draft by the paths expressions read them by; those of a broken file are left out."""
    called = steps(files)
    return {each.name: _said(each, called.get(each.task, each.task)) for each in answers.known(files)}


def _said(answer: Answer, step: str) -> str:
    title = (answer.title_en if language() == "en" else "") or answer.title
    return of_step(step, title)


def of_step(step: str, title: str) -> str:
    """What is said of a step, with its name; without, where it is of none."""
    return gettext("{where}：{title}").format(where=step, title=title) if step else title


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
