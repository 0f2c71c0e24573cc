"""A backup is read through before anything is touched."""

import io
import tarfile
from pathlib import Path

import pytest

from zhongshu.main.ground.archive import bundle
from zhongshu.main.ground.console import Trouble


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    (documents / "ab").mkdir(parents=True)
    (documents / "ab" / "照片.jpg").write_bytes(b"\xff\xd8" * 5000)
    (tmp_path / "dump").write_bytes(b"rows" * 1000)
    target = tmp_path / "backup.tar"
    bundle.write(target, dump=tmp_path / "dump", documents=documents, made_at="2025-03-01", migrations=["a.0001"])
    return target


def test_what_was_packed_comes_out_the_same(backup: Path, tmp_path: Path) -> None:
    assert bundle.verify(backup).migrations == ["a.0001"]
    bundle.unpack(backup, tmp_path / "out")
    assert (tmp_path / "out/documents/ab/照片.jpg").read_bytes() == b"\xff\xd8" * 5000
    assert (tmp_path / "out/database.dump").read_bytes() == b"rows" * 1000


def test_a_backup_can_be_read_by_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [600, 6000])
def test_one_wrong_byte_is_refused(backup: Path, place: int) -> None:
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(Trouble):
        bundle.verify(backup)


def test_a_backup_cut_short_is_refused(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:9000])
    with pytest.raises(Trouble):
        bundle.verify(backup)


@pytest.mark.parametrize("name", ["documents/../../outside", "/etc/cron.d/x", "documents2/x", "extra"])
def test_a_file_out_of_place_is_refused(backup: Path, name: str) -> None:
    with tarfile.open(backup, "a") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(Trouble):
        bundle.verify(backup)


def test_a_link_is_refused(backup: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        entry = tarfile.TarInfo("documents/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(Trouble):
        bundle.verify(backup)
