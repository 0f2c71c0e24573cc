"""The bench of the journal among few rows: that it measures what it says, not how fast."""

from typing import Any

import pytest
from django.db import connection

from zhongshu.base.journal.actions import growing
from zhongshu.base.journal.models import Entry
from zhongshu.base.journal.queries import tree
from zhongshu.main import bench
from zhongshu.main.bench.journal import filling, measuring
from zhongshu.main.bench.journal.measuring import Cost, Round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of the test's own transaction count as committed."""
    monkeypatch.setattr(
        growing, "_PLACE", growing._PLACE.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")
    )


def test_the_bench_is_known() -> None:
    assert "journal" in bench.known()


def test_filled_entries_stand_in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "CHUNK", 300)
    told: list[int] = []
    filling.fill(700, measuring.AT, lambda done, total: told.append(done))
    assert (told, tree.size(), Entry.objects.count()) == ([300, 600, 700], 700, 700)


def test_the_plain_insert_writes_the_row_that_the_journal_writes() -> None:
    measuring._insert(connection, 12, "plain")  # type: ignore[arg-type]
    measuring._append(12, "ours")
    rows: dict[str, list[Any]] = {
        name: [
            *Entry.objects.filter(subject__startswith=name).order_by("id").values_list("number", "verb", "body", "at")
        ]
        for name in ("plain", "ours")
    }
    assert rows["plain"] == rows["ours"] and len(rows["ours"]) == 12


def test_the_ratio_counts_placing_to_the_cost_of_an_append() -> None:
    cheap = Round(Cost(1.0, 2.0), Cost(1.0, 1.0), Cost(0.5, 3.0))
    figures = measuring._ratios([cheap, cheap, Round(Cost(1.0, 1.0), Cost(9.0, 9.0), Cost(9.0, 9.0))], 100)
    assert (figures["over_plain_insert"], figures["over_plain_insert_wall"], figures["tree_over_append"]) == (
        1.5,
        2.0,
        1.5,
    )
