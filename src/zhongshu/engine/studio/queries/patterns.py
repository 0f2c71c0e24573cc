"""Patterns: whole scenario folders that come with the platform, to begin a draft from."""

from dataclasses import dataclass
from pathlib import Path

from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.queries.scenarios import files_of
from zhongshu.engine.studio.rules import folders

FOLDER = Path(__file__).parents[1] / "patterns"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern by the name of its folder, what it is called, and what it is for: its README says so in both
    languages, a paragraph each."""

    code: str
    name: str
    name_en: str
    about: str
    about_en: str


def listed() -> list[Pattern]:
    """Every pattern, by the name of its folder."""
    found = ((path.parent.name, files_of(path.parent)) for path in sorted(FOLDER.glob("*/scenario.toml")))
    return [
        Pattern(code, folders.name_of(files), folders.english_name_of(files), *_about(files.get("README.md", "")))
        for code, files in found
    ]


def _about(text: str) -> tuple[str, str]:
    said = [part.strip() for part in text.split("\n\n") if part.strip() and not part.startswith("#")]
    return (said[0], said[-1]) if said else ("", "")


def files(code: str) -> dict[str, str]:
    """The files of a pattern: name → text."""
    if code not in {path.parent.name for path in FOLDER.glob("*/scenario.toml")}:
        raise Absent("没有名为 {code} 的样板。", code=code)
    return files_of(FOLDER / code)
