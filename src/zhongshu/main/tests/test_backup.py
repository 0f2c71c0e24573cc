"""A rehearsal: what stands in the database and the documents stands there again after a restore."""

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from zhongshu.main.ground import scratch
from zhongshu.main.ground.archive import whole
from zhongshu.main.ground.console import Trouble
from zhongshu.main.tests.running import eventually

AT = datetime(2025, 3, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"


def _contents(url: str) -> dict[str, tuple[int, str]]:
    """How many rows every table holds, and a hash over them."""
    told = sql.SQL("SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t")
    with psycopg.connect(url) as server:
        names = [name for (name,) in server.execute(TABLES)]
        return {name: server.execute(told.format(sql.Identifier(name))).fetchone() for name in names}  # type: ignore[misc]


@pytest.fixture
def filled(tmp_path: Path, transactional_db: None) -> tuple[str, Path]:
    """The address of a migrated database with something in it, and a document folder."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('k', E'井盖\\n\\t|\\\\.', now())")
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    documents = tmp_path / "documents"
    (documents / "ab").mkdir(parents=True)
    (documents / "ab" / "cd").write_bytes(bytes(range(256)))
    return url, documents


def test_everything_is_there_again_in_an_empty_platform(filled: tuple[str, Path], tmp_path: Path) -> None:
    url, documents = filled
    manifest = whole.back_up(url, documents, tmp_path / "backup.tar", at=AT)
    with scratch.scratch_database(url) as other:
        restored = tmp_path / "other" / "documents"
        whole.restore(other, restored, tmp_path / "backup.tar", known=manifest.migrations, replace=False)
        assert _contents(other) == _contents(url)
        assert (restored / "ab" / "cd").read_bytes() == bytes(range(256))


def test_a_platform_with_anything_in_it_is_kept_unless_told_otherwise(filled: tuple[str, Path], tmp_path: Path) -> None:
    url, documents = filled
    backup = tmp_path / "backup.tar"
    known = whole.back_up(url, documents, backup, at=AT).migrations
    with scratch.scratch_database(url) as other:
        with psycopg.connect(other) as server:
            server.execute("CREATE TABLE precious AS SELECT 1")
        with pytest.raises(Trouble, match="--replace"):
            whole.restore(other, tmp_path / "none", backup, known=known, replace=False)
        assert "precious" in _contents(other)
        whole.restore(other, tmp_path / "none", backup, known=known, replace=True)
        assert _contents(other) == _contents(url)


def test_a_backup_of_a_newer_version_is_refused(filled: tuple[str, Path], tmp_path: Path) -> None:
    url, documents = filled
    whole.back_up(url, documents, tmp_path / "backup.tar", at=AT)
    with scratch.scratch_database(url) as other, pytest.raises(Trouble, match="升级"):
        whole.restore(other, tmp_path / "none", tmp_path / "backup.tar", known=[], replace=False)


def test_a_backup_is_never_written_over_another_file(filled: tuple[str, Path], tmp_path: Path) -> None:
    url, documents = filled
    (tmp_path / "backup.tar").write_text("older")
    with pytest.raises(Trouble):
        whole.back_up(url, documents, tmp_path / "backup.tar", at=AT)
    assert (tmp_path / "backup.tar").read_text() == "older"


@pytest.mark.alone
def test_the_demo_city_moves_to_another_database_and_goes_on(platform: Any, tmp_path: Path) -> None:
    backup = str(tmp_path / "city.tar")
    assert platform.command("journal", "audit").returncode == 0
    assert platform.command("backup", backup).returncode == 0
    (tmp_path / "moved").mkdir()
    shutil.copy(platform.var / "journal_key", tmp_path / "moved")  # no key is in a backup
    with scratch.scratch_database(platform.database) as url:
        moved = type(platform)("", tmp_path / "moved", url)
        restored = moved.command("restore", backup)
        assert restored.returncode == 0, restored.stderr
        last = _last_entry(url)
        eventually(lambda: _has_caught_up(moved, url), "the moved city to catch up")
        eventually(lambda: _is_up_to_date(platform.database), "the running platform to catch up as well")
        assert _rows(url) == _rows(platform.database)
        assert _told(url, last) == _told(platform.database, last)
        assert moved.command("journal", "verify").returncode == 0
        assert moved.command("journal", "audit").returncode == 0
        with psycopg.connect(url) as server:
            for (digest,) in server.execute("SELECT digest FROM documents_document WHERE destroyed IS NULL"):
                assert _kept(tmp_path / "moved" / "documents", digest)


def _has_caught_up(moved: Any, url: str) -> bool:
    """Whether a round has read all: it leaves what a transaction of this server, in any database, could precede."""
    return moved.command("scheduler", "--once").returncode == 0 and _is_up_to_date(url)


def _is_up_to_date(url: str) -> bool:
    """Whether every reader of the journal has read the last entry."""
    last = "SELECT xid, id FROM journal_entry ORDER BY xid DESC, id DESC LIMIT 1"
    with psycopg.connect(url) as server:
        cursors = server.execute(
            f"SELECT (c.xid, c.entry) = (e.xid, e.id) FROM journal_cursor c, ({last}) e"
        ).fetchall()
    return bool(cursors) and all(read for (read,) in cursors)


def _last_entry(url: str) -> int:
    with psycopg.connect(url) as server:
        (last,) = server.execute("SELECT max(id) FROM journal_entry").fetchone() or (0,)
    return int(last)


def _rows(url: str) -> dict[str, int]:
    """How many rows of the city every table holds, but those that come and go, or are added by alarms, on their own."""
    passing = ("django_session", "procrastinate_", "journal_", "messages_")
    return {table: rows for table, (rows, _) in _contents(url).items() if not table.startswith(passing)}


def _told(url: str, last: int) -> tuple[list[Any], list[Any]]:
    """What happened up to that entry, and what was told of it: each database raises its own alarms afterwards."""
    with psycopg.connect(url) as server:
        entries = server.execute("SELECT id, kind FROM journal_entry WHERE id <= %s ORDER BY id", [last]).fetchall()
        told = server.execute(
            "SELECT key, template FROM messages_message WHERE split_part(key, ':', 1)::bigint <= %s ORDER BY key",
            [last],
        ).fetchall()
    return entries, told


def _kept(documents: Path, digest: bytes) -> bool:
    return any(hashlib.sha256(path.read_bytes()).digest() == digest for path in documents.rglob("*") if path.is_file())
