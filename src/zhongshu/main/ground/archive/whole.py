"""Backing up and restoring the platform: its database and its documents together."""

import shutil
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import psycopg

from zhongshu.main.ground.archive import bundle, tables
from zhongshu.main.ground.console import Trouble


def back_up(url: str, documents: Path, target: Path, *, at: datetime) -> bundle.Manifest:
    """Packs a database and a document folder into `target`, while both are in use.

    The database goes first: a document is stored before the row that names it, so none named is missing.
    """
    if target.exists() or not target.absolute().parent.is_dir():
        raise Trouble(
            f"{target} 已经存在，或所在的目录不存在；请换一个文件名。",
            f"{target} exists already, or its folder does not; choose another name.",
        )
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as folder:
        dump = Path(folder) / bundle.DUMP
        tables.dump(url, dump)
        return bundle.write(target, dump=dump, documents=documents, made_at=at.isoformat(), migrations=_migrations(url))


def restore(url: str, documents: Path, source: Path, *, known: Collection[str], replace: bool) -> bundle.Manifest:
    """Brings a backup back, after reading it through; `known` are this version's migrations (`app.name`).

    Refused without touching anything: a damaged backup, one of a newer version, and, unless `replace`, a
    database or document folder with anything in it. The documents are swapped in once the database is.
    """
    manifest = bundle.verify(source)
    _refuse_newer(manifest, known)
    if not replace and not (tables.is_empty(url) and not _has_files(documents)):
        raise Trouble(
            "现有数据库或文件目录不是空的；确认不再需要后加上 --replace，原有数据会被清除。",
            "The database or the document folder is not empty; add --replace to drop what is there.",
        )
    documents.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=documents.parent, prefix=".restore-") as folder:
        bundle.unpack(source, Path(folder))
        tables.load(url, Path(folder) / bundle.DUMP)
        _swap_in(Path(folder) / bundle.DOCUMENTS, documents)
    return manifest


def _migrations(url: str) -> list[str]:
    """The migrations applied to a database, as `app.name`; none where the platform has never run."""
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return []
        rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return [name for (name,) in rows]


def _refuse_newer(manifest: bundle.Manifest, known: Collection[str]) -> None:
    if unknown := set(manifest.migrations) - set(known):
        raise Trouble(
            f"这份备份来自更新的版本（{min(unknown)}），请先升级平台再恢复。",
            f"This backup is of a newer version ({min(unknown)}); upgrade the platform first.",
        )


def _has_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


def _swap_in(fresh: Path, documents: Path) -> None:
    """Puts the restored folder in place of the present one, which goes last."""
    fresh.mkdir(exist_ok=True)
    old = fresh.with_name("before")
    if documents.exists():
        documents.rename(old)
    fresh.rename(documents)
    shutil.rmtree(old, ignore_errors=True)
