"""The page of settings as its form shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.editing import pages

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the way, and the tasks that lie in it."""

    code: str
    name: str
    name_en: str
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form: parts by the names of its inputs, and phases; `broken` says why it cannot be read."""

    parts: Mapping[str, str]
    phases: tuple[Phase, ...]
    broken: Invalid | None = None


def shown(text: str, typed: Typed) -> Form:
    """The form of a page of settings; what was typed and not taken stands in it again."""
    try:
        known = pages.read(text)
    except Invalid as problem:
        return Form({}, (), problem)
    case = _table(known, "case")
    parts = {key: str(known.get(key, "")) for key in ("name", "name_en", "prefix")}
    parts |= {f"case_{key}": str(case.get(key, usual)) for key, usual in _CASE.items()}
    parts |= {key.replace("case-", "case_"): value for key, value in typed.items()}
    tasks = _table(known, "tasks")
    phases = (_phase(code, each, tasks, typed) for code, each in _table(known, "phases").items())
    return Form(parts, tuple(phases))


_CASE = {"deadline": "", "responsible": "", "ended": "closed", "decided": "", "reopens": "30"}


def _phase(code: str, said: Any, tasks: Mapping[str, Any], typed: Typed) -> Phase:
    given = said if isinstance(said, dict) else {}
    used = tuple(name for name, task in tasks.items() if isinstance(task, dict) and task.get("phase") == code)
    name, english = (typed.get(f"phase-{code}{part}", str(given.get(f"name{part}", ""))) for part in ("", "_en"))
    return Phase(code, name, english, used)


def _table(known: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = known.get(name, {})
    return found if isinstance(found, dict) else {}


def phase(typed: Typed, code: str) -> dict[str, str]:
    """What was typed of a phase; one that was not on the page stays as it is."""
    keys = {"name": f"phase-{code}", "name_en": f"phase-{code}_en"}
    return {key: typed[part].strip() for key, part in keys.items() if part in typed}


def phase_code(text: str) -> str:
    """A code for a new phase that no other has."""
    taken = pages.read(text).get("phases", {})
    return next(code for number in range(1, 1_000) if (code := f"phase_{number}") not in taken)


def whole(typed: str, field: str, usual: int) -> int:
    """A whole number that was typed, or the usual one where nothing was."""
    if not typed.strip():
        return usual
    if not (typed.strip().isdecimal() and len(typed.strip()) < 5):
        raise Invalid("请写一个整数，例如 30。", field=field)
    return int(typed)
