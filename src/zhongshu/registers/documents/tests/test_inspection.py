"""Uploaded files: what acts, reaches out or unfolds without bound is refused, whatever it is called."""

import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from zhongshu.base.http.doors import Event, doors
from zhongshu.base.http.refusals import Invalid, Refusal, TooLarge, Unavailable
from zhongshu.registers.documents import inspecting, scanner
from zhongshu.registers.documents.rules import inspection
from zhongshu.registers.documents.rules.inspection import Dangerous

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _zip(parts: dict[str, bytes | str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _sheet(**more: bytes | str) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_url(0, 0, "https://city.example/", string="林晓舟")
    return _with(out.getvalue(), more)


def _with(data: bytes, more: dict[str, Any]) -> bytes:
    with ZipFile(BytesIO(data)) as old:
        parts: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    return _zip(parts | more)


def _pdf(change: Callable[[PdfWriter], Any] = lambda writer: None) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    change(writer)
    writer.write(out)
    return out.getvalue()


def _with_script(writer: PdfWriter) -> None:
    names = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    script = DictionaryObject({NameObject(name): value for name, value in names.items()})
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(script)


def _why(data: bytes) -> str:
    with pytest.raises(Dangerous) as refused:
        inspection.inspect(data)
    return refused.value.why


def test_an_honest_file_is_known_by_its_content() -> None:
    assert inspection.inspect(_sheet()) == "xlsx"
    assert inspection.inspect(_zip({"a.csv": "x,y\n1,2\n"})) == "zip"
    assert inspection.inspect(_pdf()) == "pdf"
    with pytest.raises(Invalid):
        inspection.inspect(b"MZ\x90\x00 this program cannot be run")


def test_a_bomb_is_stopped_by_what_comes_out_not_by_what_it_declares() -> None:
    bomb = _zip({"a.csv": bytes(30_000_000)})
    assert _why(bomb) == "bomb"
    small = bytearray(_zip({"a.csv": bytes(900_000)}))
    at = bytes(small).rfind(b"PK\x01\x02") + 24
    small[at : at + 4] = struct.pack("<I", 10)
    assert _why(bytes(small)) == "mismatch"


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    data = bytearray(_zip({"a": b"x" * 100, "b": b"y" * 100}))
    second = bytes(data).rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert _why(bytes(data)) == "overlap"
    assert _why(_zip({f"{n}": b"" for n in range(inspection.MOST_ENTRIES + 1)})) == "entries"


@pytest.mark.parametrize("name", ["../a.csv", "x/../../a", "/etc/cron.d/a", "..\\a", "C:\\a", "c:a"])
def test_a_name_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    assert _why(_zip({name: "x"})) == "path"


def test_a_link_and_an_archive_within_are_refused() -> None:
    out, link = BytesIO(), ZipInfo("a")
    link.external_attr = 0o120777 << 16
    with ZipFile(out, "w") as packed:
        packed.writestr(link, "/etc/passwd")
    assert _why(out.getvalue()) == "path"
    assert _why(_zip({"a.xlsx": _zip({"b": "x"})})) == "nested"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("xl/vbaProject.bin", "x", "active"),
        ("xl/macrosheets/sheet1.xml", "<a/>", "active"),
        ("xl/embeddings/oleObject1.bin", "x", "active"),
        ("xl/externalLinks/externalLink1.xml", "<a/>", "active"),
        ("xl/sharedStrings.xml", '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>', "doctype"),
        ("xl/a.xml", '<!DOCTYPE a SYSTEM "http://x/"><a/>'.encode("utf-16").decode("latin-1"), "doctype"),
        ("word/_rels/x.rels", f'<R Type="{RELS}/attachedTemplate" TargetMode="External" Target="x"/>', "external"),
    ],
)  # fmt: skip
def test_an_office_file_does_nothing_and_fetches_nothing(name: str, content: str, why: str) -> None:
    assert _why(_with(_sheet(), {name: content.encode("latin-1")})) == why


def test_a_pdf_does_nothing_by_itself() -> None:
    def launching(writer: PdfWriter) -> None:
        action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc")})
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)

    def with_form(writer: PdfWriter) -> None:
        form = DictionaryObject({NameObject("/XFA"): TextStringObject("x")})
        writer._root_object[NameObject("/AcroForm")] = form

    assert _why(_pdf(_with_script)) == "active"
    assert _why(_pdf(lambda writer: writer.add_attachment("a.exe", b"MZ"))) == "active"
    assert _why(_pdf(launching)) == _why(_pdf(with_form)) == "active"
    assert _why(_pdf(lambda writer: writer.encrypt("x", algorithm="RC4-128"))) == "encrypted"


def test_a_pdf_of_too_many_pages_or_levels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_PAGES", 2)
    with pytest.raises(TooLarge):
        inspection.pdf(_pdf(lambda writer: [writer.add_blank_page(9, 9) for _ in range(3)]))
    monkeypatch.setattr(inspection, "MOST_OBJECTS", 3)
    with pytest.raises(TooLarge):
        inspection.pdf(_pdf())


@given(st.binary(max_size=300), st.integers(0, 2_000), st.sampled_from(["pdf", "xlsx", "zip"]))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_broken_files_are_refused_with_a_sentence(noise: bytes, at: int, kind: str) -> None:
    whole = {"pdf": _pdf, "xlsx": _sheet, "zip": lambda: _zip({"a": b"text" * 50})}[kind]()
    try:
        inspection.inspect(whole[:at] + noise + whole[at + len(noise) :])
    except Refusal as refusal:
        assert refusal.sentence.endswith("。")


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    kept: list[Event] = []
    monkeypatch.setattr(doors, "record", lambda event, by: kept.append(event), raising=False)
    return kept


def test_a_file_is_looked_at_in_a_process_of_its_own(noted: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    assert inspecting.inspected(_sheet()) == "xlsx"
    with pytest.raises(Dangerous) as refused:
        inspecting.inspected(_pdf(_with_script))
    assert refused.value.why == "active" and "PDF" in str(refused.value)
    monkeypatch.setattr(inspecting, "SECONDS", 0.01)
    with pytest.raises(Dangerous):
        inspecting.inspected(_sheet())
    assert [event.body for event in noted] == [{"why": "active"}, {"why": "time"}]


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[list[bytes]]:
    """A scanner that speaks as clamd does and knows one virus."""
    heard: list[bytes] = []

    class Speaking(StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack(">I", self.rfile.read(4))[0]:
                data += self.rfile.read(size)
            heard.append(data)
            self.wfile.write(b"stream: Eicar-Test FOUND\0" if b"EICAR" in data else b"stream: OK\0")

    with ThreadingUnixStreamServer(str(tmp_path / "clamd"), Speaking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"unix:{tmp_path / 'clamd'}"
        yield heard
        server.shutdown()


def test_a_scanner_hears_every_byte_and_is_believed(clamd: list[bytes], noted: list[Event]) -> None:
    harmless = zlib.compress(b"x") * 20_000
    scanner.scan(harmless)
    assert clamd == [harmless]
    with pytest.raises(Invalid):
        scanner.scan(b"X5O!P EICAR")
    assert [event.body for event in noted] == [{"why": "virus"}]


def test_without_an_answer_of_the_scanner_nothing_is_taken(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD = f"unix:{tmp_path / 'nobody'}"
    with pytest.raises(Unavailable):
        scanner.scan(b"x")
    settings.CLAMD = ""
    scanner.scan(b"x")
