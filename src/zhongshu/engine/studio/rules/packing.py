"""A scenario's folder as one file: a zip equal to a folder of `scenarios/`. Pure.

Packed without compression, in the order of names, with one fixed time: the same folder is the same bytes, whoever
packs it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.cases.rules.scenario import MAX_BYTES, MAX_FILES
from zhongshu.engine.studio.rules import folders

MOST_PACKED = 5_000_000
"""Bytes a packed folder may have before it is opened at all; one of 2 MB has little more."""
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out: the name of the folder (empty if the files lay at the top), the files, what is wrong with them."""

    folder: str = ""
    files: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def pack(code: str, files: Mapping[str, str]) -> bytes:
    """The zip of a folder named `code`."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, text in sorted(files.items()):
            entry = ZipInfo(f"{code}/{name}", _BEGINNING)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            archive.writestr(entry, text.encode())
    return out.getvalue()


def unpack(data: bytes) -> Unpacked:
    """The folder in a zip that was inspected before. Whatever is wrong is among the findings; never raises."""
    if len(data) > MOST_PACKED:
        return _refused("", "文件有 {size} MB，场景最多 {most} MB。", size=len(data) // 1_000_000, most=5)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _opened(archive)
    except (BadZipFile, RuntimeError, EOFError, OSError, ValueError):
        return _refused("", "压缩文件打不开，可能没有传完整；请重新打包后再上传。")


def _opened(archive: ZipFile) -> Unpacked:
    entries = [each for each in archive.infolist() if not (each.is_dir() or _is_left_out(each.filename))]
    if len(entries) > MAX_FILES:
        return _refused("", "有 {count} 个文件，最多 {most} 个。请去掉用不到的。", count=len(entries), most=MAX_FILES)
    if sum(each.file_size for each in entries) > MAX_BYTES:
        return _refused("", "全部文件合起来超过 {most} MB。请精简。", most=MAX_BYTES // 1_000_000)
    folder = _folder(each.filename for each in entries)
    named = [(each.filename.removeprefix(folder), each) for each in entries]
    if wrong := tuple(_names([name for name, _ in named])):
        return Unpacked(findings=wrong)
    files, wrong = {}, ()
    for name, each in sorted(named, key=lambda pair: pair[0]):
        try:
            files[name] = folders.kept(archive.read(each).decode("utf-8"))
        except UnicodeDecodeError as problem:
            told = "第 {at} 个字节处不是 UTF-8 编码，请用 UTF-8 另存。"
            wrong = (*wrong, Finding(name, "", "error", told, {"at": problem.start + 1}))
    return Unpacked(folder.rstrip("/"), files, (*wrong, *folders.bounds(files)))


def _names(names: list[str]) -> Iterator[Finding]:
    for name in names:
        if said := folders.misnamed(name):
            yield Finding(name[: folders.LONGEST_NAME], "", "error", said)
        elif names.count(name) > 1:
            yield Finding(name, "", "error", "压缩文件里有两个同名的文件，请只留一个。")
    if PAGE not in names:
        yield Finding(PAGE, "", "error", "场景文件夹缺少文件 {file}。", {"file": PAGE})


def _folder(names: Iterator[str]) -> str:
    """The one folder all lie in, with its stroke; empty where the page of settings lies at the top."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    only = tops.pop() if len(tops) == 1 else ""
    return f"{only}/" if only and folders.is_code(only) and only not in folders.FOLDERS else ""


def _is_left_out(name: str) -> bool:
    """What other systems put into every zip."""
    return name.startswith(_LEFT_OUT[0]) or name.rpartition("/")[2] in _LEFT_OUT


def _refused(file: str, sentence: str, **gaps: object) -> Unpacked:
    return Unpacked(findings=(Finding(file, "", "error", sentence, gaps),))
