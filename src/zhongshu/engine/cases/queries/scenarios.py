"""Scenarios, compiled once a process and version."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from zhongshu.base.http.refusals import Absent, Invalid, TooLarge
from zhongshu.base.journal.caches import Cached
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.rules import scenario as rules
from zhongshu.engine.cases.rules.alarms import Alarms
from zhongshu.engine.cases.rules.scenario import KINDS, MAX_BYTES, MAX_FILES, Scenario, compile
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.intake.rules.questionnaire import Questionnaire


def form(code: str, number: int, element: str) -> Questionnaire | None:
    """The form of one version, or of a task (`element`) of it; None where there is none (`intake.doors.FormOf`)."""
    try:
        found = version(code, number)
    except Stored.DoesNotExist:
        return None
    return found.forms.get(element) if element else found.form


@lru_cache(maxsize=1_000)
def version(code: str, number: int) -> Scenario:
    """One version; it never changes, so it is kept for good."""
    return compile(number, Stored.objects.get(code=code, version=number).files)


def alarms(code: str, number: int) -> Alarms:
    """When the deadlines of a version's cases speak up."""
    return version(code, number).settings.alarms


def of(held: Held) -> Scenario:
    """The version a case runs in."""
    return version(held.scenario, held.version)


def _newest() -> dict[str, int]:
    rows = Stored.objects.order_by("code", "version").values_list("code", "version")
    return dict(rows)


_current = Cached(("scenarios", "all"), _newest)


def newest(code: str) -> Scenario:
    """The version new cases start in."""
    versions = _current()
    if code not in versions:
        raise Invalid("没有名为 {code} 的场景。", code=code)
    return version(code, versions[code])


def all_newest() -> list[Scenario]:
    """Every scenario in its newest version, by code."""
    return [version(code, number) for code, number in sorted(_current().items())]


def newest_number(code: str) -> int:
    """The number of a scenario's newest version; 0 when there is no such scenario."""
    return _current().get(code, 0)


def files(code: str, number: int) -> dict[str, str]:
    """The files of one version: name → text; Absent when there is none."""
    found = Stored.objects.filter(code=code, version=number).values_list("files", flat=True).first()
    if found is None:
        raise Absent("没有名为 {code} 的场景的第 {version} 版。", code=code, version=number)
    return dict(found)


def has_had(code: str, files: Mapping[str, str]) -> bool:
    """Whether any version of a scenario says the same as these files."""
    return Stored.objects.filter(code=code, digest=rules.digest(files)).exists()


def digest(code: str, number: int) -> str:
    """By what the files of one version are known; empty when there is none."""
    return Stored.objects.filter(code=code, version=number).values_list("digest", flat=True).first() or ""


def files_of(folder: Path) -> dict[str, str]:
    """The files of a folder on disk: name → text, line ends as the platform keeps them."""
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in KINDS]
    if len(paths) > MAX_FILES or sum(p.stat().st_size for p in paths) > MAX_BYTES:
        raise TooLarge("场景文件夹 {code} 过大：最多 50 个文件、2 MB。", code=folder.name)
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in paths}
