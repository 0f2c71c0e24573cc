"""What the documents point at is there."""

import re

import pytest

from zhongshu.main.tests import tree

DOCUMENTS = tree.PACKAGE.parent.parent / "docs"
SECURITY = (DOCUMENTS / "security.md").read_text()
TESTS = re.compile(r"`([a-z_/0-9]+/test_[a-z_0-9]+\.py)`")
ADRS = re.compile(r"docs/adr/(\d{4})")
CHAPTERS = (
    "V1 ",
    "V2 ",
    "V3 ",
    "V4 ",
    "V5 ",
    "V6 ",
    "V7 ",
    "V8 ",
    "V9, V10 ",
    "V11, V12 ",
    "V13, V14 ",
    "V15, V16, V17 ",
)


@pytest.mark.parametrize("path", sorted(set(TESTS.findall(SECURITY))))
def test_a_test_that_answers_for_a_point_exists(path: str) -> None:
    assert (tree.PACKAGE / path).is_file()


def test_every_chapter_of_the_standards_is_answered_for() -> None:
    assert [chapter for chapter in CHAPTERS if f"### {chapter}" not in SECURITY] == []
    assert {f"8.1.4.{number} " for number in range(1, 12)} <= set(re.findall(r"8\.1\.4\.\d+ ", SECURITY))


def test_the_decisions_it_names_are_written_down() -> None:
    kept = {path.name[:4] for path in (DOCUMENTS / "adr").glob("*.md")}
    assert set(ADRS.findall(SECURITY)) <= kept
