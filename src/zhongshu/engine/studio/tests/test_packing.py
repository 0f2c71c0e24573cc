"""Folders in and out as one file: the same bytes each time, and nothing half imported."""

import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Forbidden
from zhongshu.engine.cases.queries.scenarios import files_of
from zhongshu.engine.cases.rules.examining import Unsound
from zhongshu.engine.cases.rules.scenario import digest
from zhongshu.engine.studio import actions
from zhongshu.engine.studio.models import Draft, Text
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.rules import folders, packing
from zhongshu.engine.studio.tests.walked import FOLDER

SCENARIOS = Path(__file__).parents[5] / "scenarios"
SHIPPED = sorted(page.parent for folder in (SCENARIOS, FOLDER) for page in folder.glob("*/scenario.toml"))
NOISE = files_of(SCENARIOS / "noise")
PAGE = "scenario.toml"
Files = dict[str, str | bytes]


def zipped(files: Files, folder: str = "noise/") -> bytes:
    """An archive as any other program packs it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return out.getvalue()


def noise(**changed: tuple[str, str]) -> Files:
    """The folder of noise with a text replaced in files named by their first word."""
    files: Files = dict(NOISE)
    for word, (before, after) in changed.items():
        name = next(name for name in NOISE if name.startswith(word))
        assert before in NOISE[name]
        files[name] = NOISE[name].replace(before, after)
    return files


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.(md|typ)", fullmatch=True), st.text("一二 a\n", max_size=30)))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_what_is_packed_comes_out_and_packs_to_the_same_bytes(files: dict[str, str]) -> None:
    files = {**files, PAGE: 'code = "a"\n'}
    packed = packing.pack("a-b", files)
    unpacked = packing.unpack(packed)
    assert unpacked == packing.Unpacked("a-b", files)
    assert packing.pack(unpacked.folder, dict(reversed(unpacked.files.items()))) == packed


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_every_folder_comes_back_from_an_export_to_the_byte(city: Any, tmp_path: Path, folder: Path) -> None:
    author, code = city.actor("administrator"), folder.name
    data = packing.pack(code, files_of(folder))
    draft = actions.import_draft(data, author.body, name=f"{code}.zip", by=author, at=city.now)
    known = folder.parent == SCENARIOS
    assert (draft.code, draft.base, draft.origin, draft.origin_name) == (code, int(known), "import", f"{code}.zip")
    assert actions.export_draft(draft.pk, by=author, at=city.now) == data
    with ZipFile(BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    assert _bytes(tmp_path / code) == _bytes(folder)
    assert digest(files_of(tmp_path / code)) == drafts.revision(draft).digest
    if known:
        assert actions.packing.packed(code) == data


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_packed_elsewhere_is_taken_with_its_marks_and_line_ends(city: Any) -> None:
    author, files = city.actor("administrator"), noise()
    files[PAGE] = b"\xef\xbb\xbf" + NOISE[PAGE].replace("\n", "\r\n").encode()
    data = zipped({**files, ".DS_Store": b"\0\1", "README.md": "说明"})
    assert drafts.files(actions.import_draft(data, author.body, by=author, at=city.now)) == {
        **NOISE,
        "README.md": "说明",
    }
    assert actions.import_draft(zipped(noise(), ""), author.body, by=author, at=city.now).code == "noise"


def linked() -> bytes:
    """The folder of noise with a link among its files."""
    out, link = BytesIO(zipped(noise())), ZipInfo("noise/a.md")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twins() -> bytes:
    """The folder of noise with one file twice."""
    out = BytesIO(zipped(noise()))
    with ZipFile(out, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr("noise/form.json", "{}")
    return out.getvalue()


def lettered(line: str) -> Callable[[], bytes]:
    """The folder of noise with this in the first line of a letter."""
    return lambda: zipped(noise(**{"letters/accepted": ("#head()", f"{line}\n#head()")}))


ENTITY = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
ONGOING = '"type": "boolean", "title": "现在还在响吗"'
REMOTE = (ONGOING, '"$ref": "https://example.cn/a.json"')
UNKNOWN = ('"x-ui": {"title_en": "Is it', '"x-ui": {"visible": "nothing = 1", "title_en": "Is it')
CIRCLE = (
    '"properties": {',
    '"properties": {"a": {"type": "number", "x-ui": {"computed": "b + 1"}},'
    '"b": {"type": "number", "x-ui": {"computed": "a + 1"}},',
)
BAD: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "50 MB": (lambda: b"PK\x03\x04" + bytes(50_000_000), "", "", "MB"),
    "a bomb": (lambda: zipped({**noise(), "x.md": "a" * 30_000_000}), "", "", "过大"),
    "too many files": (lambda: zipped({**noise(), **{f"n{i}.md": "" for i in range(50)}}), "", "", "最多 50"),
    "no archive": (lambda: b"%!PS no archive", "", "", "只能"),
    "a PDF": (lambda: b"%PDF-1.4 no document", "", "", "PDF"),
    "a torn archive": (lambda: zipped(noise())[:-200], "", "", "打不开"),
    "a name that leads out": (lambda: zipped({**noise(), "../../out.md": "x"}), "", "", "路径"),
    "an absolute name": (lambda: zipped({**noise(), "/etc/cron.md": "x"}, ""), "", "", "路径"),
    "an unknown folder": (lambda: zipped({**noise(), "code/run.md": "x"}), "code/run.md", "", "文件夹不对"),
    "a folder in a folder": (lambda: zipped({**noise(), "tasks/a/b.json": "{}"}), "tasks/a/b.json", "", "文件夹不对"),
    "a program": (lambda: zipped({**noise(), "run.py": "print()"}), "run.py", "", "这种文件"),
    "a link": (linked, "", "", "指向别处"),
    "an archive within": (lambda: zipped({**noise(), "a.md": zipped({"a.md": "x"})}), "", "", "还有压缩文件"),
    "two files of one name": (twins, "form.json", "", "两个同名"),
    "no page of settings": (lambda: zipped({"form.json": "{}"}), PAGE, "", "缺少"),
    "another encoding": (lambda: zipped({**noise(), "readme.md": "说明".encode("gb18030")}), "readme.md", "", "UTF-8"),
    "a control character": (lambda: zipped({**noise(), "a.md": "a\0b"}), "a.md", "", "不能识别"),
    "torn settings": (lambda: zipped(noise(scenario=('code = "noise"', 'code = "noise'))), PAGE, "", "line"),
    "an unknown setting": (lambda: zipped(noise(scenario=("[case]", "[case]\nspeed = 1"))), PAGE, "/case", "speed"),
    "no role": (lambda: zipped(noise(scenario=('"acceptor"', '"x"'))), PAGE, "/tasks/accept", "x"),
    "no FEEL": (lambda: zipped(noise(scenario=("verify.passed = true", "verify.passed ="))), PAGE, "/case/decided", ""),
    "a folder that is called otherwise": (lambda: zipped(noise(), "nose/"), PAGE, "/code", "nose"),
    "a code that is none": (lambda: zipped(noise(scenario=('"noise"', '"A b"')), ""), PAGE, "/code", "小写"),
    "a prefix that is taken": (lambda: zipped(noise(scenario=('"ZS"', '"SJ"'))), PAGE, "/prefix", "city-event"),
    "an unknown service": (
        lambda: zipped(noise(process=("dispatch.assign", "no.body"))), "process.bpmn", "dispatch", "no.body"
    ),
    "a broken process": (lambda: zipped(noise(process=("</bpmn:process>", ""))), "process.bpmn", "", "XML"),
    "an entity": (lambda: zipped({**noise(), "process.bpmn": ENTITY}), "process.bpmn", "", "DOCTYPE"),
    "a questionnaire that is none": (lambda: zipped({**noise(), "form.json": "{"}), "form.json", "", "JSON"),
    "brackets without end": (lambda: zipped({**noise(), "form.json": "[" * 100_000}), "form.json", "", "JSON"),
    "a remote reference": (lambda: zipped(noise(form=REMOTE)), "form.json", "/properties/ongoing/$ref", "$defs"),
    "a rule over an unknown question": (
        lambda: zipped(noise(form=UNKNOWN)), "form.json", "/properties/ongoing/x-ui/visible", "nothing"
    ),
    "values worked out in a circle": (
        lambda: zipped(noise(form=CIRCLE)), "form.json", "/properties/b/x-ui/computed", "a → b → a"
    ),
    "a question the platform writes over": (
        lambda: zipped(noise(**{"tasks/close": ('"properties": {', '"properties": {"by": {"type": "string"},')})),
        "tasks/close.json", "/properties/by", "by",
    ),
    "a letter that reads a file": (lettered('#read("/etc/passwd")'), "letters/accepted.typ", "", "要读取文件"),
    "a letter that takes in another": (
        lettered('#include "/etc/passwd"'), "letters/accepted.typ", "", "/etc/passwd"
    ),
    "a letter that calls on the net": (
        lettered('#image("https://example.cn/a.png")'), "letters/accepted.typ", "", "要读取文件"
    ),
    "a table that is none": (lambda: zipped({**noise(), "a.dmn": "<a/>"}), "a.dmn", "", "DMN"),
    "another city's place": (
        lambda: zipped(noise(form=('["construction"', '["330106", "construction"'))),
        "form.json", "/properties/kind/enum", "属于另一个城市",
    ),
    "another city's category": (
        lambda: zipped(noise(scenario=("[deadlines]", '[deadlines]\n9977 = {accept = "1 hours"}'))),
        PAGE, "/deadlines/9977", "9977",
    ),
    "another city's body": (
        lambda: zipped(noise(scenario=("else dispatch.body", "else 987654321"))),
        PAGE, "/case/responsible", "属于另一个城市",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BAD)
def test_what_is_wrong_is_refused_with_file_place_and_reason_and_nothing_is_kept(city: Any, wrong: str) -> None:
    make, file, place, reason = BAD[wrong]
    author, texts = city.actor("administrator"), Text.objects.count()
    with pytest.raises(Unsound) as refused:
        actions.import_draft(make(), author.body, by=author, at=city.now)
    errors = [each for each in refused.value.findings if each.severity == "error"]
    assert (errors[0].file, errors[0].place) == (file, place) and reason in str(errors[0]), [
        (each.file, each.place, str(each)) for each in errors
    ]
    assert Draft.objects.count() == 0 and Text.objects.count() == texts


def test_who_drafts_for_nobody_imports_nothing(city: Any) -> None:
    with pytest.raises(Forbidden):
        actions.import_draft(
            zipped(noise()), city.actor("administrator").body, by=city.actor("supervisor"), at=city.now
        )


@pytest.mark.parametrize("name", ["a.md", "tasks/看.json", "letters/受理通知书.typ", "a-b_c.d.toml"])
def test_names_a_folder_may_hold(name: str) -> None:
    assert folders.misnamed(name) == ""


@pytest.mark.parametrize(
    "name", ["", "/a.md", "a/", ".md", "..md", "a\\b.md", "x.sh", "a.MD", "C:a.md", "a\n.md", "-a.md"]
)
def test_names_a_folder_may_not_hold(name: str) -> None:
    assert folders.misnamed(name)
