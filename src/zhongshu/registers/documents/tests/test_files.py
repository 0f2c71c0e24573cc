"""PDFs and office files kept, and what is turned away."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfWriter

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import actions, doors, queries
from zhongshu.registers.documents.file_store import FileStore
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import keys
from zhongshu.registers.documents.rules.inspection import Dangerous
from zhongshu.registers.documents.tests.pictures import picture, sent

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CITIZEN = Actor("019a0000-0000-7000-8000-000000000001", "李雷", "person")
ID = UUID("019a0000-0000-7000-8000-00000000000a")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(doors, "store", FileStore(tmp_path))
    return tmp_path


def pdf(change: Callable[[PdfWriter], Any] = lambda writer: None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return out.getvalue()


def kept(data: bytes, name: str = "", id: UUID | None = None) -> Document:
    return actions.keep_file(data, name, id=id, by=CITIZEN, at=AT)


@pytest.mark.parametrize(
    ("data", "media", "ending"),
    [
        (pdf(), keys.PDF, ".pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), keys.DOCX, ".docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), keys.XLSX, ".xlsx"),
    ],
)
def test_a_file_is_kept_to_the_bit_with_what_it_is(data: bytes, media: str, ending: str, folder: Path) -> None:
    document = kept(data, "营业执照.exe")
    assert (document.media, document.bytes, document.name) == (media, len(data), "营业执照.exe")
    assert queries.read(document.pk) == data
    assert [path.suffix for path in folder.rglob("*") if path.is_file()] == [ending]
    (entry,) = journal.trace("document", str(document.pk))
    assert entry.verb == "documents.file_kept" and "营业执照" not in str(entry.body)


def test_a_picture_sent_as_a_file_is_written_anew_as_a_photo_is() -> None:
    document = kept(sent(picture(800, 600)), "身份证.png")
    assert (document.media, document.width) == (keys.JPEG, 800)
    assert queries.read(document.pk, "thumb")


def test_what_acts_or_is_of_another_kind_is_turned_away_and_not_kept(folder: Path) -> None:
    with pytest.raises(Dangerous):
        kept(pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")))
    with pytest.raises(Invalid, match="解开"):
        kept(packed("a.txt"))
    with pytest.raises(Invalid, match="只能上传"):
        kept(b"MZ\x90\x00")
    with pytest.raises(Invalid, match="空的"):
        kept(b"")
    assert not [path for path in folder.rglob("*") if path.is_file()] and not Document.objects.exists()


def test_a_file_sent_again_under_its_sender_s_id_is_one_document() -> None:
    data = pdf()
    assert kept(data, id=ID).pk == kept(data, id=ID).pk == ID
    with pytest.raises(Conflict):
        kept(packed("xl/workbook.xml"), id=ID)


def test_a_file_is_destroyed_with_its_name_and_its_bytes(folder: Path) -> None:
    document = kept(pdf(), "a.pdf")
    actions.destroy(document.pk, "保存期限届满", by=CITIZEN, at=AT)
    assert not [path for path in folder.rglob("*") if path.is_file()]
    with pytest.raises(Absent):
        queries.read(document.pk)
    assert queries.several([document.pk]) == {}
