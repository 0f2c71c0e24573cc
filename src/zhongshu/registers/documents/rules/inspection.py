"""What an uploaded file is, and whether anything in it acts, reaches out or unfolds without bound. Pure.

A name and a declared type are not believed. Photos and sounds have rules of their own (`images`, `sounds`), and XML by
itself is read by `base/http/markup`. What is refused here is refused for what it could do to whoever opens it later
(OWASP ASVS 5.0, chapter 5: file handling).
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhongshu.base.http.refusals import Invalid, TooLarge

if TYPE_CHECKING:
    from pypdf import PdfReader

Kind = Literal["xlsx", "docx", "zip", "pdf"]

MOST_BYTES = 20_000_000
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 2_000, 200_000_000, 200
SMALL = 1_000_000
"""Bytes up to which any ratio is let through: an empty table packs well."""
MOST_PAGES, MOST_OBJECTS, MOST_LEVELS = 1_000, 100_000, 60

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_SYMLINK = 0o120000
_LOCAL = struct.Struct("<4s22xHH")
"""A local header (APPNOTE 4.3.7): its mark, and how long name and extra are that follow its 30 bytes."""
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_ACTIVE_PARTS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "embeddings/", "externallinks/", "customui/")
_ACTIVE_IN_PDF = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/RichMedia", "/ImportData",
     "/SubmitForm", "/GoToE", "/Movie", "/Sound", "/Rendition"}
)  # fmt: skip


class Dangerous(Invalid):
    """Something in the file would act or unfold; `why` names it in one word for whoever looks later."""

    def __init__(self, sentence: str, why: str, **gaps: object) -> None:
        super().__init__(sentence, field="file", **gaps)
        self.why = why


@dataclass(frozen=True, slots=True)
class Packed:
    """What an archive holds: the names of its parts and their unpacked bytes together."""

    names: tuple[str, ...]
    bytes: int


def kind(data: bytes) -> Kind:
    """What a file of at most 20 MB is by its content: a PDF, an archive, an office file; Invalid for anything else."""
    if len(data) > MOST_BYTES:
        raise TooLarge("文件超过 {most} MB，请拆分或压缩图片后再上传。", field="file", most=MOST_BYTES // 1_000_000)
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        names = {entry.filename for entry in _entries(data)}
        return "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else "zip"
    raise Invalid("只能上传 PDF、Excel（xlsx）或 Word（docx）文件，请另存为其中一种再上传。", field="file")


def archive(data: bytes) -> Packed:
    """What an archive holds once every part was unpacked within bounds; nothing is kept of them.

    Raises Dangerous for a bomb (by what really comes out, not by what is declared), a name that leads out of its
    folder, a link, a password, or an archive within.
    """
    total, entries = 0, _entries(data)
    for entry in entries:
        _look_at_name(entry)
        size, head = 0, b""
        for part in _unpacked(data, entry):
            head, size = head or part[:16], size + len(part)
            total += len(part)
            if total > MOST_UNPACKED or (total > SMALL and total > len(data) * MOST_RATIO):
                raise Dangerous("压缩文件解开后过大，不能接收；请只保留需要的内容，重新打包。", "bomb")
        if head.startswith(_PACKED) or head.startswith(b"PK\x03\x04"):
            raise Dangerous("压缩文件里还有压缩文件，不能接收；请解开后直接上传里面的文件。", "nested")
        if size != entry.file_size:
            raise Dangerous("压缩文件内部的记录与内容不符，不能接收；请重新打包。", "mismatch")
    return Packed(tuple(entry.filename for entry in entries), total)


def office(data: bytes) -> None:
    """Check an office file: an archive with nothing that acts and nothing that is fetched from elsewhere."""
    names = archive(data).names
    if any(part in name.lower() for part in _ACTIVE_PARTS for name in names):
        raise Dangerous("文件里有宏、控件或嵌入的对象，不能接收；请另存为不含宏的文件再上传。", "active")
    try:
        with ZipFile(BytesIO(data)) as opened:
            for name in names:
                if name.lower().endswith((".xml", ".rels", ".vml")):
                    _look_at_xml(name.lower(), opened.read(name))
    except BadZipFile:
        raise Invalid("文件打不开，可能没有传完整；请重新导出后再上传。", field="file") from None


def pdf(data: bytes) -> int:
    """Check a PDF; its pages. Every object is looked at, and nothing in it may act. Slow input ends by count."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Dangerous("PDF 有密码或限制，无法检查；请解除后再上传。", "encrypted")
        _look_at_objects(reader)
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, struct.error):
        raise Invalid("PDF 打不开，可能没有传完整；请重新导出后再上传。", field="file") from None
    if pages > MOST_PAGES:
        raise TooLarge("PDF 超过 {most} 页，请拆成几个文件。", field="file", most=MOST_PAGES)
    return pages


def inspect(data: bytes) -> Kind:
    """What a file is, once everything in it was looked at. Raises Dangerous, TooLarge or Invalid with what to do."""
    found = kind(data)
    if found == "pdf":
        pdf(data)
    elif found == "zip":
        archive(data)
    else:
        office(data)
    return found


def _entries(data: bytes) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as opened:
            entries = opened.infolist()
    except (BadZipFile, ValueError, struct.error, OSError):
        raise Invalid("压缩文件打不开，可能没有传完整；请重新打包后再上传。", field="file") from None
    if len(entries) > MOST_ENTRIES:
        raise Dangerous("压缩文件里超过 {most} 个文件，不能接收；请拆成几个。", "entries", most=MOST_ENTRIES)
    if len({entry.header_offset for entry in entries}) < len(entries):
        raise Dangerous("压缩文件内部的记录与内容不符，不能接收；请重新打包。", "overlap")
    return entries


def _look_at_name(entry: ZipInfo) -> None:
    parts = entry.orig_filename.replace("\\", "/").split("/")
    leads_out = ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in entry.orig_filename
    if leads_out or (entry.external_attr >> 16) & 0o170000 == _SYMLINK:
        raise Dangerous("压缩文件里有指向别处的路径，不能接收；请重新打包。", "path")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (_STORED, _DEFLATED):
        raise Dangerous("压缩文件有密码，或用了少见的压缩方法，无法检查；请去掉后重新打包。", "encrypted")


def _unpacked(data: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """What really comes out of an entry, piece by piece, whatever its header declares."""
    if len(data) < entry.header_offset + 30:
        return
    _, name, extra = _LOCAL.unpack_from(data, entry.header_offset)
    begin = entry.header_offset + 30 + name + extra
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if entry.compress_type == _STORED:
        yield bytes(packed)
        return
    inflate, rest = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    try:
        while not inflate.eof and (part := inflate.decompress(rest, SMALL)):
            rest = inflate.unconsumed_tail
            yield part
    except zlib.error:
        return


def _look_at_xml(name: str, xml: bytes) -> None:
    """No DOCTYPE in any part; in a list of relations nothing outside but links one may click on; no macro type."""
    outside: list[str] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith("/hyperlink"):
            outside.append(tag)
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise Dangerous("文件里有宏、控件或嵌入的对象，不能接收；请另存为不含宏的文件再上传。", "active")

    def doctype(*_: object) -> None:
        raise Dangerous("文件里有 DOCTYPE（可以定义实体、引用外部文件），不能接收；请删去这一段再上传。", "doctype")

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = doctype
    if name.endswith(".rels") or name == "[content_types].xml":
        reader.StartElementHandler = opened
    try:
        reader.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Invalid("文件打不开，可能没有传完整；请重新导出后再上传。", field="file") from None
    if outside:
        raise Dangerous("文件打开时会去别处取内容，不能接收；请把引用的内容嵌入后再上传。", "external")


def _look_at_objects(reader: "PdfReader") -> None:
    """Every object that the file's tables name, each once, none deeper than sixty levels."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[tuple[object, int]] = [(reader.trailer, 0)]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while waiting:
        here, level = waiting.pop()
        looked += 1
        if looked > MOST_OBJECTS or level > MOST_LEVELS:
            raise TooLarge("PDF 的结构过于复杂，请用“打印为 PDF”重新生成后再上传。", field="file")
        if isinstance(here, IndirectObject):
            if (mark := (here.idnum, here.generation)) in seen:
                continue
            seen.add(mark)
            waiting.append((here.get_object(), 0))
        elif isinstance(here, DictionaryObject):
            kinds = {str(here.raw_get(name)) for name in ("/S", "/Type") if name in here}
            if not _ACTIVE_IN_PDF.isdisjoint({str(name) for name in here} | kinds):
                raise Dangerous("PDF 里有脚本、附件或会自己执行的动作，不能接收；请用“打印为 PDF”重新生成。", "active")
            waiting += [(here.raw_get(name), level + 1) for name in here]
        elif isinstance(here, ArrayObject):
            waiting += [(each, level + 1) for each in here]
