"""The record compared with its tree and with what was signed of it, as an operator asks for it."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from zhongshu.base.journal import actions
from zhongshu.base.journal.actions import growing, signing
from zhongshu.base.journal.models import Checkpoint
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main.cli import journal

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        growing, "_PLACE", growing._PLACE.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")
    )
    for n in range(5):
        with transaction.atomic():
            actions.record(subject=("thing", "a"), verb="thing.changed", by=SYSTEM, at=AT, body={"n": n})
    growing.grow()
    signing.sign(AT)


def audited(*arguments: str, capsys: Any) -> tuple[int, list[str], dict[str, int]]:
    parser = ArgumentParser()
    journal.arguments(parser)
    code = journal.run(parser.parse_args(["audit", *arguments]))
    *lines, last = capsys.readouterr().out.splitlines()
    return code, lines, json.loads(last)


def test_a_record_nobody_touched_has_no_findings(tmp_path: Path, capsys: Any) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(Checkpoint.objects.get().note)
    assert audited("--checkpoint", str(kept), capsys=capsys) == (0, [], {"entries": 5, "findings": 0})


def test_each_finding_is_told_with_the_row_it_is_about(capsys: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'x' WHERE number = 2 RETURNING id")
        (changed,) = cursor.fetchone()
        cursor.execute("DELETE FROM journal_entry WHERE number >= 4")
    code, lines, last = audited(capsys=capsys)
    assert (code, last) == (1, {"entries": 5, "findings": 2})
    assert lines[0].startswith(f"#1 journal_entry {changed} edited：条目被改动过。")
    assert lines[1].startswith("#3–#4 journal_entry ") and "truncated" in lines[1]


def test_a_checkpoint_that_is_not_there_is_a_sentence(capsys: Any) -> None:
    from zhongshu.main.ground.console import Trouble

    with pytest.raises(Trouble):
        audited("--checkpoint", "/nowhere/at/all", capsys=capsys)
