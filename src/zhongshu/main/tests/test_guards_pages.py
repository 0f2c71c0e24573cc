"""Pages carry no script, style or address of another host: the content rule would stop them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhongshu.main.tests import tree

INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|https?://", re.I)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off")
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
TRUSTED = {"mark_safe", "SafeString"}
BUILT = {"format_html": 0, "format_html_join": 1}
"""What escapes all it puts in, and where its pattern stands among the arguments."""


def found(template: str) -> list[str]:
    """What a page may not hold, in its HTML (its tags out of the way) and in its tags."""
    return [*INLINE.findall(TAGS.sub("x", template)), *UNESCAPED.findall(template)]


@pytest.mark.parametrize("path", tree.templates(), ids=tree.name)
def test_a_page_holds_no_script_style_or_handler(path: Path) -> None:
    assert found(path.read_text()) == []


@pytest.mark.parametrize(
    "page",
    [
        '<script type="module">go()</script>',
        '<p style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{{ typed|safe }}",
        '<img src="https://elsewhere.example/x.png">',
    ],
)
def test_the_reader_of_pages_sees_what_they_may_not_hold(page: str) -> None:
    assert found(page)


def test_a_script_of_our_own_is_fine() -> None:
    assert not found('<script type="module" src="{% static "map.js" %}"></script>')


def test_nothing_typed_is_trusted_as_html() -> None:
    trusting = {tree.name(path) for path, node in tree.nodes() if tree.dotted(node).split(".")[-1] in TRUSTED}
    assert trusting == {"main/templatetags/questions.py"}, "it puts what was typed, escaped, into a field drawn before"


def _patterns() -> Iterator[tuple[str, ast.AST | None]]:
    for path, node in tree.nodes():
        if isinstance(node, ast.Call) and (at := BUILT.get(tree.dotted(node.func).split(".")[-1])) is not None:
            yield tree.name(path), node.args[at] if len(node.args) > at else None


def test_html_is_built_from_patterns_written_out() -> None:
    assert [name for name, pattern in _patterns() if not isinstance(pattern, ast.Constant)] == []
