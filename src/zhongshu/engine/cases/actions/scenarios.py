"""Loading scenario folders."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.base.journal import actions as journal
from zhongshu.base.journal.rules import canonical
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.models import Scenario
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.processes.rules.findings import Finding
from zhongshu.engine.processes.rules.net import Service

MAX_FILES, MAX_BYTES = 50, 2_000_000
_KINDS = {".toml", ".bpmn", ".json", ".dmn", ".typ", ".md"}


def load_scenarios(folder: Path, *, by: Actor, at: datetime) -> dict[str, int]:
    """Load each scenario folder in `folder`; one that differs from its newest version becomes the next version.

    Returns code → version of all that are there. A folder that does not fit is refused by name; nothing of it is kept.
    """
    found = sorted(path.parent for path in folder.glob("*/scenario.toml"))
    return dict(_load(path, by, at) for path in found)


def look_over(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """What there is to say about each scenario in `folder`, by code: errors and warnings; loads nothing."""
    return {path.parent.name: _findings(path.parent) for path in sorted(folder.glob("*/scenario.toml"))}


def _findings(folder: Path) -> tuple[Finding, ...]:
    try:
        return _check(folder.name, 1, _files(folder)).warnings
    except Invalid as refused:
        cause = refused.__cause__ or refused
        return getattr(cause, "findings", None) or (Finding("", 0, refused.sentence, refused.gaps),)


@transaction.atomic
def _load(folder: Path, by: Actor, at: datetime) -> tuple[str, int]:
    files = _files(folder)
    digest = hashlib.sha256(canonical(files).encode()).hexdigest()
    newest = Scenario.objects.filter(code=folder.name).order_by("-version").first()
    if newest and newest.digest == digest:
        return folder.name, newest.version
    version = newest.version + 1 if newest else 1
    _check(folder.name, version, files)
    Scenario.objects.create(code=folder.name, version=version, digest=digest, files=files, loaded=at)
    journal.record(
        subject=("scenarios", "all"), verb="cases.scenario_loaded", by=by, at=at,
        body={"code": folder.name, "version": version, "digest": digest},
    )  # fmt: skip
    return folder.name, version


def _check(code: str, version: int, files: dict[str, str]) -> scenarios.Scenario:
    try:
        compiled = scenarios.compile(version, files)
    except Invalid as problem:
        raise Invalid("场景 {code} 不能使用。{why}", code=code, why=str(problem)) from problem
    if compiled.code != code:
        raise Invalid("场景文件夹 {code} 与其 scenario.toml 中的 code 不一致。", code=code)
    services = [e for e in compiled.net.elements.values() if isinstance(e, Service)]
    if unknown := [e for e in services if e.handler not in doors.handlers]:
        raise Invalid("场景 {code} 调用了没有的服务 {handler}。", code=code, handler=unknown[0].handler)
    return compiled


def _files(folder: Path) -> dict[str, str]:
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in _KINDS]
    if len(paths) > MAX_FILES or sum(p.stat().st_size for p in paths) > MAX_BYTES:
        raise TooLarge("场景文件夹 {code} 过大：最多 50 个文件、2 MB。", code=folder.name)
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in paths}
