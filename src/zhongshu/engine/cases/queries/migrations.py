"""Versions of scenarios, the running cases in each, and what migrations came to."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.models import Migration, Scenario
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.migrating import Processes
from zhongshu.engine.processes.rules import moving

READ, PROPOSE, APPROVE = "scenarios.read", "scenarios.propose", "scenarios.approve"
KIND = "cases.migrate"
"""The kind of proposal a migration waits for."""
PAGE = 50
SHOWN = 20
"""Migrations of a scenario that are listed."""
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a scenario, and how many running cases are in it."""

    scenario: str
    version: int
    loaded: datetime
    running: int


def versions() -> dict[str, list[Version]]:
    """Every scenario's versions that matter, newest first: the newest, and older ones with running cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.code, s.version, s.loaded, coalesce(c.n, 0) FROM cases_scenario s LEFT JOIN (
                   SELECT scenario, version, count(*) AS n FROM cases_case WHERE closed IS NULL GROUP BY 1, 2
               ) c ON c.scenario = s.code AND c.version = s.version
               WHERE c.n > 0 OR s.version = (SELECT max(version) FROM cases_scenario n WHERE n.code = s.code)
               ORDER BY s.code, s.version DESC"""
        )
        found: dict[str, list[Version]] = {}
        for row in cursor.fetchall():
            found.setdefault(row[0], []).append(Version(*row))
    return found


def behind(scenario: str, version: int) -> int:
    """How many running cases of a scenario are in versions before this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_case WHERE closed IS NULL AND scenario = %s AND version < %s",
            [scenario, version],
        )
        (found,) = cursor.fetchone()
    return int(found)


@lru_cache(maxsize=1_000)
def processes(scenario: str, old: int, new: int) -> Processes:
    """Both processes of a move, and what the versions between call the elements; kept, as versions never change."""
    between = Scenario.objects.filter(code=scenario, version__gt=old, version__lte=new).order_by("version")
    names = [scenarios.version(scenario, number).settings.moves for number in between.values_list("version", flat=True)]
    before, after = (scenarios.version(scenario, number).net for number in (old, new))
    return Processes(old, before, after, moving.chained(names))


def one(id: UUID) -> Migration:
    """The migration with this id; Absent when there is none."""
    found = Migration.objects.filter(pk=id).first()
    if found is None:
        raise Absent("没有找到这次迁移。")
    return found


def of_scenario(scenario: str) -> list[Migration]:
    """The latest migrations of a scenario, newest first, without what their dry runs found."""
    found = Migration.objects.filter(scenario=scenario).defer("shapes", "choices").order_by("-begun")
    return list(found[:SHOWN])


def proposal(migration: UUID) -> Proposal | None:
    """What was last proposed about a migration."""
    return next(iter(proposals.about(str(migration), limit=1)), None)


def awaited(migration: UUID) -> Proposal | None:
    """The proposal about a migration that waits for a decision."""
    found = proposal(migration)
    return found if found and found.decided is None else None


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one case."""

    case_id: UUID
    number: str
    title: str
    outcome: str
    version: int
    at: datetime
    sentence: str
    undone: datetime | None
    gaps: dict[str, Any]


def rows(migration: UUID, outcome: str, after: UUID = NOBODY, limit: int = PAGE) -> list[Row]:
    """One page of the cases of which this became, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT m.case_id, c.number, c.title, m.outcome, m.version, m.at, m.sentence, m.undone, m.gaps::text
               FROM cases_migrated m JOIN cases_case c ON c.id = m.case_id
               WHERE m.migration = %s AND m.outcome = %s AND m.case_id > %s ORDER BY m.case_id LIMIT %s""",
            [migration, outcome, after, limit],
        )
        return [Row(*row) for row in ((*row[:-1], json.loads(row[-1])) for row in cursor.fetchall())]


def outcomes(migration: UUID) -> dict[str, int]:
    """How many cases have moved, stayed, or were undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, count(*) FROM cases_migrated WHERE migration = %s GROUP BY 1", [migration])
        return {"moved": 0, "stayed": 0, "undone": 0} | dict(cursor.fetchall())
