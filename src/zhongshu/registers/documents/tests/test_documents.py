"""Photos kept, read and destroyed."""

from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import actions, doors, queries
from zhongshu.registers.documents.file_store import FileStore
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.tests.pictures import BLUE, picture, read, sent

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICER = Actor("019a0000-0000-7000-8000-000000000001", "王强", "staff")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(doors, "store", FileStore(tmp_path))
    return tmp_path


def kept(name: str = "IMG_1.jpg", **more: object) -> Document:
    return actions.keep_photo(sent(picture(800, 600, **more)), name, by=OFFICER, at=AT)  # type: ignore[arg-type]


def files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_kept_photo_can_be_read_whole_and_small() -> None:
    document = kept()
    assert read(queries.read(document.pk)).size == (800, 600) == (document.width, document.height)
    assert read(queries.read(document.pk, "thumb")).size == (480, 360)
    assert len(queries.read(document.pk)) == queries.document(document.pk).bytes


def test_it_is_known_who_gave_it_when_and_the_number_tells_the_time() -> None:
    document = Document.objects.get(pk=kept().pk)
    assert (document.uploader, document.kept) == (UUID(OFFICER.id), AT)
    assert document.pk.version == 7 and document.pk.int >> 80 == int(AT.timestamp() * 1000)


def test_keeping_leaves_an_entry_that_does_not_tell_the_file_s_name() -> None:
    document = kept("李雷家门口.jpg")
    (entry,) = journal.trace("document", str(document.pk))
    assert (entry.verb, entry.actor) == ("documents.photo_kept", OFFICER.id)
    assert entry.facts["digest"] == bytes(document.digest).hex()
    assert "李雷" not in str(entry.body)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\照片\\井盖.jpg", "井盖.jpg"),
        ("../../x.png", "x.png"),
        ("a\u202egpj.exe\x00", "agpj.exe"),
        ("长" * 300, "长" * 100),
    ],
)
def test_only_the_last_part_of_a_file_s_name_is_kept(name: str, shown: str) -> None:
    assert kept(name).name == shown


def test_what_is_no_photo_leaves_nothing(folder: Path) -> None:
    with pytest.raises(Invalid):
        actions.keep_photo(b"<html>", "x.jpg", by=OFFICER, at=AT)
    assert (Document.objects.count(), files(folder)) == (0, 0)


def test_the_same_picture_is_stored_once_for_two_documents(folder: Path) -> None:
    first, second = kept(), kept()
    assert first.pk != second.pk
    assert files(folder) == 2


def test_a_destroyed_document_is_gone_but_for_the_reason(folder: Path) -> None:
    document = kept("李雷家门口.jpg")
    actions.destroy(document.pk, "保存期满", by=OFFICER, at=AT)
    for size in ("full", "thumb"):
        with pytest.raises(Absent):
            queries.read(document.pk, size)  # type: ignore[arg-type]
    stored = Document.objects.get(pk=document.pk)
    assert (stored.name, stored.destroyed, files(folder)) == ("", AT, 0)
    first, last = journal.trace("document", str(document.pk))
    assert (first.body, last.verb, last.facts["reason"]) == (None, "documents.document_destroyed", "保存期满")
    assert journal.verify_one("document", str(document.pk)) == []


def test_a_picture_stays_until_the_last_document_about_it_is_destroyed(folder: Path) -> None:
    first, second = kept(), kept()
    actions.destroy(first.pk, "重复", by=OFFICER, at=AT)
    assert queries.read(second.pk)
    actions.destroy(second.pk, "保存期满", by=OFFICER, at=AT)
    assert files(folder) == 0


def test_destroying_needs_a_reason_and_something_to_destroy() -> None:
    document = kept()
    with pytest.raises(Invalid):
        actions.destroy(document.pk, " ", by=OFFICER, at=AT)
    actions.destroy(document.pk, "保存期满", by=OFFICER, at=AT)
    with pytest.raises(Absent):
        actions.destroy(document.pk, "保存期满", by=OFFICER, at=AT)


def test_a_picture_altered_in_the_store_is_not_passed_on(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    document, other = kept(), kept(colour=BLUE)
    (path,) = folder.rglob(f"{bytes(document.digest).hex()}.jpg")
    path.write_bytes(queries.read(other.pk))
    with pytest.raises(Absent, match="损坏"):
        queries.read(document.pk)
    path.unlink()
    with pytest.raises(Absent, match="损坏"):
        queries.read(document.pk)
    assert str(document.pk) in caplog.text


def test_an_unknown_document_is_absent() -> None:
    with pytest.raises(Absent):
        queries.read(UUID(int=7))


def test_the_same_bytes_come_and_go_under_one_lock() -> None:
    kept()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)
