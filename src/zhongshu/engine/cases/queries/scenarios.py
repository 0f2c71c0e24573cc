"""Scenarios, compiled once a process and version."""

from functools import lru_cache

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal.caches import Cached
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.rules.alarms import Alarms
from zhongshu.engine.cases.rules.scenario import Scenario, compile
from zhongshu.engine.cases.rules.state import Held


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
