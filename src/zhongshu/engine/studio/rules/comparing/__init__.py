"""How two folders of a scenario differ, in the words of whoever writes them. Pure.

    compare(before, after)      # one Compared for each file that differs, by name; nothing for the same folder

Settings, questionnaires, drawings and decisions are compared by what they say; letters and notes, and what cannot be
read, by their lines.
"""

from collections.abc import Mapping

from zhongshu.engine.studio.rules.comparing import decisions, drawings, forms, settings, texts
from zhongshu.engine.studio.rules.comparing.told import Change, Compared, Line

__all__ = ["Change", "Compared", "Line", "compare"]

_SAME = Change("", "只改了写法、注释或图上的位置，意思没有变。")


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Compared, ...]:
    """The files (name → text) that were added, removed or changed, and how; by name."""
    names = {id: name for files in (before, after) for id, name in _names(files).items()}
    return tuple(
        _file(name, before.get(name), after.get(name), names)
        for name in sorted({*before, *after}) if before.get(name) != after.get(name)
    )  # fmt: skip


def _file(name: str, before: str | None, after: str | None, names: Mapping[str, str]) -> Compared:
    if before is None:
        return Compared(name, "added")
    if after is None:
        return Compared(name, "removed")
    changes = _in_words(name, before, after, names)
    if changes is None:
        return Compared(name, "changed", lines=texts.compare(before, after))
    return Compared(name, "changed", tuple(changes) or (_SAME,))


def _in_words(name: str, before: str, after: str, names: Mapping[str, str]) -> list[Change] | None:
    match name.rpartition(".")[2]:
        case "toml":
            return settings.compare(before, after, names)
        case "json":
            return forms.compare(before, after)
        case "bpmn":
            return drawings.compare(before, after)
        case "dmn":
            return decisions.compare(before, after)
    return None


def _names(files: Mapping[str, str]) -> dict[str, str]:
    return {
        id: called
        for name, text in files.items()
        if name.endswith(".bpmn")
        for id, called in drawings.names(text).items()
    }
