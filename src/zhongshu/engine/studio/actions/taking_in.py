"""Taking in folders of scenarios as they lie beside the platform."""

from datetime import datetime
from pathlib import Path

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import Finding, is_sound
from zhongshu.engine.studio.queries.findings import findings, readable


def take_in(folder: Path, *, by: Actor, at: datetime) -> dict[str, tuple[Finding, ...]]:
    """Make each scenario folder that this city has not had before the next version of its scenario.

    Returns, by code, what is to be said of those in which something has to be changed first; nothing of them is kept.
    What was taken in before stays as it has been changed since, in the studio or by another folder.
    """
    found = {path.parent.name: path.parent for path in sorted(folder.glob("*/scenario.toml"))}
    return {code: said for code, path in found.items() if not is_sound(said := _taken(code, path, by, at))}


def _taken(code: str, folder: Path, by: Actor, at: datetime) -> tuple[Finding, ...]:
    files, said = readable(folder)
    if said or scenarios.has_had(code, files):
        return said
    said = findings(files, code)
    if is_sound(said):
        cases.publish(code, files, by=by, at=at)
    return said
