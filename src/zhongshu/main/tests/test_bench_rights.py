"""The bench of rights among few rows: that it asks what it says, not how fast."""

import argparse
from typing import Any

import pytest

from zhongshu.base.permissions.rules import Scope
from zhongshu.engine.cases.queries import lists, walked
from zhongshu.main import bench
from zhongshu.main.bench.rights import filling, running
from zhongshu.registers.places import queries as places


def test_the_bench_is_known() -> None:
    assert "rights" in bench.known()


def test_the_one_with_twelve_grants_walks_twelve_ways(city: Any) -> None:
    scopes = running._scopes(city.now)
    assert len(walked.walks(scopes["twelve_grants"], places.root(), None)) == 12
    assert scopes["mayor"].everything and not scopes["district_head"].everything


def test_filled_cases_lie_where_their_reach_says(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setattr(filling, "SITES", 300)
    with connection.cursor() as cursor:
        cursor.execute(filling._SITES)
        cursor.executemany(
            "INSERT INTO bench_site VALUES (%s, %s, %s, %s)", list(filling._crossings(filling.Random(5)))
        )
        given = {"at": city.now, "running": filling.RUNNING, "sites": 300, "data": filling.Jsonb({})}
        cursor.execute(filling._CASES, {**given, "first": 1, "last": 900})
    root, everything = places.root(), Scope(((None, None),))
    assert len(lists.page(everything, root, limit=1_000)) == 900
    assert len(lists.page(everything, root, running=True, limit=1_000)) == 90
    assert lists.page(running._scopes(city.now)["twelve_grants"], root)
    for scope in running._scopes(city.now).values():
        shown = {row.id for row in lists.page(scope, root, limit=1_000)}
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, reach FROM cases_case")
            assert shown == {id_ for id_, reach in cursor.fetchall() if scope.covers(reach)}


def test_it_takes_rows_and_times() -> None:
    parser = argparse.ArgumentParser()
    bench.known()["rights"].arguments(parser)
    assert vars(parser.parse_args(["--rows", "5"])) == {"rows": 5, "times": 200}
