"""Publishing scenarios: from folders, or as the studio made them."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.models import Scenario
from zhongshu.engine.cases.queries.scenarios import files_of
from zhongshu.engine.cases.rules import fit
from zhongshu.engine.cases.rules import scenario as scenarios


@transaction.atomic
def load_scenarios(folder: Path, *, by: Actor, at: datetime) -> dict[str, int]:
    """Publish each scenario folder in `folder`; one that differs from its newest version becomes the next version.

    Returns code → version of all that are there. Where one does not fit it is refused by name, and nothing is kept.
    """
    found = {path.parent.name: files_of(path.parent) for path in sorted(folder.glob("*/scenario.toml"))}
    return {code: publish(code, files, by=by, at=at) for code, files in found.items()}


@transaction.atomic
def publish(code: str, files: Mapping[str, str], *, after: int | None = None, by: Actor, at: datetime) -> int:
    """Make these files (name → text) the next version of a scenario; its number. The newest, if it says the same.

    `after`: the version they were made from, 0 for a new code; a Conflict when another was published meanwhile.
    """
    _one_at_a_time()
    digest = scenarios.digest(files)
    newest = Scenario.objects.filter(code=code).order_by("-version").defer("files").first()
    if after is not None and after != (newest.version if newest else 0):
        raise Conflict("场景 {code} 已有新的版本，请先核对两边的改动，再办。", code=code)
    if newest and newest.digest == digest:
        return newest.version
    version = newest.version + 1 if newest else 1
    _check(code, version, files)
    Scenario.objects.create(code=code, version=version, digest=digest, files=dict(files), loaded=at)
    journal.record(
        subject=("scenarios", "all"), verb="cases.scenario_loaded", by=by, at=at,
        body={"code": code, "version": version, "digest": digest},
    )  # fmt: skip
    return version


def _one_at_a_time() -> None:
    """Let publications wait for each other: which version is the newest is looked at before the next is written."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_scenario IN EXCLUSIVE MODE")


def _check(code: str, version: int, files: Mapping[str, str]) -> None:
    try:
        compiled = scenarios.compile(version, files)
    except Invalid as problem:
        raise Invalid("场景 {code} 不能使用。{why}", code=code, why=str(problem)) from problem
    if compiled.code != code:
        raise Invalid("场景文件夹 {code} 与其 scenario.toml 中的 code 不一致。", code=code)
    if unknown := [each for each in compiled.net.services() if each.handler not in doors.handlers]:
        raise Invalid("场景 {code} 调用了没有的服务 {handler}。", code=code, handler=unknown[0].handler)
    if wrong := [each for look in doors.looks for each in look(compiled, files) if each.severity == "error"]:
        cause = fit.Misfit(wrong)
        raise Invalid("场景 {code} 不能使用。{why}", code=code, why=str(cause)) from cause
