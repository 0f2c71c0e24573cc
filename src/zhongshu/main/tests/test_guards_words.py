"""Nothing is said in Chinese that cannot be said in English."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from zhongshu.main.tests import tree, words

ENGLISH = tree.PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
APART = {
    "main/bench/": "made-up matters",
    "main/demo/": "a made-up city, named in both languages",
    "main/replay/": "the files of a real city, and what an operator reads in both languages",
    "main/simulate/": "what an operator reads, in both languages",
    "main/cli/": "what an operator reads, in both languages",
    "main/ground/": "what an operator reads, in both languages",
    "main/described.py": "what an integrator reads, in both languages",
    "main/telling.py": "what an operator reads, in both languages",
    "base/calendar/announced.py": "the State Council's own words",
    "engine/cases/rules/duplicates.py": "characters that Chinese texts are made of",
    "registers/privacy/rules/notices.py": "texts that are kept in both languages, version by version",
    "engine/dispatch/rules/bodies.py": "patterns of Chinese names",
    "engine/intake/rules/amounts.py": "money in capital characters",
    "engine/intake/rules/cleaning.py": "how days, times and money are typed",
    "engine/letters/rules/wording.py": "how Chinese letters write days and amounts",
    "engine/letters/rules/telling.py": "what stands in a letter, which is Chinese",
    "engine/letters/rules/example.py": "what stands in the example of a letter, which is Chinese",
}
NOT_SENTENCES = {
    *("经度", "纬度", "地点编号", "情况描述"),  # columns of a file; an English page heads them with their codes
    *("年", "月", "日"),  # of a date; an English page writes it another way
    "元",  # an English page says CNY
    *("中文", "中枢 Zhongshu"),  # called so in both
}
GAP = re.compile(r"%\(\w+\)s|\{\w+\}")


@cache
def catalogue() -> Catalog:
    """The English texts, every entry as it stands in the file."""
    with ENGLISH.open("rb") as lines:
        return read_po(lines, locale="en", abort_invalid=True)


@cache
def english() -> dict[str, str]:
    """Chinese → English."""
    return {message.id: message.string for message in catalogue() if message.id}


def code() -> list[words.Said]:
    """What the modules say to users, among other strings."""
    spoken = [path for path in tree.modules() if not tree.name(path).startswith(tuple(APART))]
    return [said for path in spoken for said in words.in_code(path)]


def pages() -> list[words.Said]:
    """What the templates say."""
    return [said for path in tree.templates() for said in words.in_template(path)]


def test_every_chinese_sentence_of_the_code_has_an_english_one() -> None:
    chinese = [said for said in code() if words.CHINESE.search(said.text) and said.text not in NOT_SENTENCES]
    assert len(chinese) > 300
    assert [said for said in chinese if not english().get(said.text)] == []


def test_every_sentence_of_a_page_has_an_english_one() -> None:
    assert len(pages()) > 100
    assert [said for said in pages() if not english().get(said.text)] == []


@pytest.mark.parametrize("path", tree.templates(), ids=tree.name)
def test_no_page_says_chinese_past_the_translator(path: Path) -> None:
    assert list(words.untranslated(path.read_text())) == []


def test_an_english_sentence_leaves_the_same_gaps_and_holds_no_chinese() -> None:
    for chinese, said in english().items():
        assert sorted(GAP.findall(chinese)) == sorted(GAP.findall(said)), chinese
        assert not words.CHINESE.search(said), chinese


def test_no_english_sentence_is_left_over() -> None:
    needed = {said.text for said in (*code(), *pages())}
    assert [chinese for chinese in english() if chinese not in needed] == []


def test_the_english_texts_stand_in_order_each_once_none_in_doubt() -> None:
    keys = [message.id for message in catalogue() if message.id]
    assert keys == sorted(keys)
    assert ENGLISH.read_text().count("\nmsgid ") == len(keys) + 1  # the header
    assert not any(message.fuzzy for message in catalogue() if message.id) and not catalogue().obsolete


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>上报</p>", ["<p>上报</p>"]),
        ('{% translate "上报" %}{{ n|default:"无" }}', ['n|default:"无"']),
        ('{% blocktranslate %}{{ n }} 件{% endblocktranslate %}{# 注 #}<a lang="zh-Hans">中文</a>', []),
    ],
)
def test_the_reader_of_pages_sees_what_is_not_translated(template: str, found: list[str]) -> None:
    assert list(words.untranslated(template)) == found
