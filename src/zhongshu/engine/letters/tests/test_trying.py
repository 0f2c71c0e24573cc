"""A letter looked at before there is a case; a template that reaches for what it must not have."""

import errno
import platform
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.letters import press, typesetting
from zhongshu.engine.letters.queries import trying
from zhongshu.engine.letters.tests.folders import PLAIN, folder

pytestmark = pytest.mark.skipif(not typesetting.has_fonts(), reason="no fonts installed: nothing can be set")


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def shown(template: str = PLAIN, **settings: str) -> bytes:
    made = trying.preview(folder(template, **settings), "own")
    assert isinstance(made, bytes), [str(one) for one in made]
    return made


def wrong(template: str) -> tuple[str, int, str]:
    found = trying.preview(folder(template), "own")
    assert not isinstance(found, bytes) and len(found) == 1
    return found[0].element_id, found[0].line, str(found[0])


def test_a_letter_is_a_tagged_pdf_with_its_name_as_title() -> None:
    made = PdfReader(BytesIO(shown()))
    catalogue: Any = made.trailer["/Root"]
    assert made.metadata is not None and made.metadata.title == "回执"
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "zh-CN"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_every_question_and_task_has_an_example() -> None:
    template = PLAIN + (
        "#data.answers.description.text #data.answers.times.text #data.tasks.handle.by #data.letter.number "
        "#data.tasks.choose.answers.body.text #data.supplement.items.first().what #data.case.opened.words"
    )
    said = text(shown(template, number="云汀〔{year}〕{seq:04}号"))
    assert "示例文字" in said and "白天" in said and "示例单位" in said.replace("\n", "")
    assert "云汀〔2026〕0001号" in said.replace(" ", "") and "二〇二六年三月二日" in said


def test_data_is_never_read_as_typst() -> None:
    trick = {"letter": {"name": '#read("/etc/passwd") *粗* $x$ #panic()', "body": ""}}
    made = trying.preview(folder(), "own", trick)
    assert isinstance(made, bytes) and '#read("/etc/passwd") *粗* $x$ #panic()' in text(made)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#foo()", "unknown variable: foo"),
        ("#data.answers.nothing.text", "nothing"),
        ("#(1 + ", "unclosed"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(line: str, said: str) -> None:
    file, number, sentence = wrong(f"{PLAIN}\n{line}\n")
    assert (file, number) == ("letters/own.typ", 4) and said in sentence


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('#read("/etc/passwd")', "要读取文件"),
        ('#read("../scenario.toml")', "要读取文件"),
        ('#json("../form.json")', "要读取文件"),
        ('#plugin("x.wasm")', "要读取文件"),
        ('#image("/etc/x.png")', "要读取文件"),
        ('#if false [#import "@preview/cetz:0.3.0"]', "要取用程序包"),
        ('#import "@local/x:0.1.0": *', "要取用程序包"),
        ('#import "other.typ": *', "other.typ"),
    ],
)
def test_a_template_that_reaches_out_is_refused_where_it_does(line: str, said: str) -> None:
    file, number, sentence = wrong(f"{PLAIN}\n{line}")
    assert (file, number) == ("letters/own.typ", 4) and said in sentence


@pytest.mark.parametrize(
    "line",
    [
        '#let read-it = read\n#read-it("/etc/passwd")',
        '#let at = "/etc/" + "passwd"\n#read(at)',
        '#let at = "../../../../../../etc/passwd"\n#read(at)',
        '#let from = "@pre" + "view/cetz:0.3.0"\n#import from: *',
        "#let a = bytes(\"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>\")\n#image(a)",
    ],
)
def test_what_reaches_out_by_a_detour_finds_nothing_there(line: str) -> None:
    file, number, sentence = wrong(f"{PLAIN}\n{line}")
    assert (file, number) in {("letters/own.typ", 4), ("letters/own.typ", 5)} and "root:" not in sentence
    assert "/tmp" not in sentence


def test_a_template_without_bounds_is_over_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 1)
    file, _, sentence = wrong("#lorem(10000000)")
    assert file == "letters/own.typ" and "限制" in sentence


@pytest.mark.skipif(platform.machine() not in press._SYSTEMS, reason="a processor whose calls we do not know")
def test_the_press_has_no_socket() -> None:
    code = (
        "import socket; from zhongshu.engine.letters import press; print(press.stay_inside())\n"
        "try: socket.socket(); print('open')\nexcept OSError as no: print(no.errno)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", str(errno.EACCES)]


def test_a_folder_with_a_wrong_letter_is_refused_before_anything_is_loaded() -> None:
    files = folder(PLAIN + "#nothing()", number="云汀{seq}号")
    found = trying.look(scenarios.compile(1, files), files)
    assert [one.element_id for one in found] == ["scenario.toml"] and "文号" in str(found[0])
    files = folder(PLAIN + "#nothing()")
    (one,) = trying.look(scenarios.compile(1, files), files)
    assert (one.element_id, one.line, one.severity) == ("letters/own.typ", 3, "error")
    assert trying.look(scenarios.compile(1, folder()), folder()) == []


def test_without_fonts_the_author_is_told_that_nothing_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.FONTS = tmp_path / "none"
    (one,) = trying.look(scenarios.compile(1, folder()), folder())
    assert one.severity == "warning" and "字体" in str(one)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"task": "paint"}, "没有这个环节"),
        ({"task": "accept", "made": "supplement"}, "只能写明一个"),
        ({"when": "1 +"}, "表达式"),
        ({"to": "everybody"}, "scenario.toml"),
        ({"colour": "red"}, "scenario.toml"),
    ],
)
def test_a_letter_that_could_never_be_made_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        scenarios.compile(1, folder(**given))


def test_a_letter_without_its_template_is_refused_by_name() -> None:
    files = {name: text for name, text in folder().items() if name != "letters/own.typ"}
    with pytest.raises(Invalid, match=r"letters/own\.typ"):
        scenarios.compile(1, files)
    with pytest.raises(Invalid, match="没有名为"):
        trying.preview(folder(), "other")
