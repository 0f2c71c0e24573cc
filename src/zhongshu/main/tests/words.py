"""Every sentence the platform says: read from the code and the templates, to be held against the English texts."""

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from babel.messages.extract import extract_python
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from zhongshu.main.tests import tree

CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MARKS = {"gettext": None, "ngettext": (1, 2), "_": None}
_BLOCK, _END_BLOCK = re.compile(r"blocktrans(late)?\b"), re.compile(r"endblocktrans(late)?$")
_TRANSLATED = re.compile(r"(?:_\(|^translate\s+)(?P<quote>[\"']).*?(?P=quote)")
_IN_ITS_OWN_TONGUE = re.compile(r'lang="zh-Hans">[^<]*<')


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it is said."""

    text: str
    where: str


def in_code(path: Path) -> Iterator[Said]:
    """The strings of a module that are not docstrings and not given in English beside the Chinese."""
    parsed = tree.parsed(path)
    passed = {id(node) for parent in ast.walk(parsed) for node in _passed_over(parent)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield Said(node.value, f"{tree.name(path)}:{node.lineno}")


def _passed_over(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.keyword) and node.arg in ("summary", "description"):  # of the machine door
        yield node.value
    if isinstance(node, ast.ClassDef) and any("TextChoices" in tree.dotted(base) for base in node.bases):
        pairs = (line.value for line in node.body if isinstance(line, ast.Assign))
        yield from (part for pair in pairs for part in ast.iter_child_nodes(pair))  # labels that no page shows
    if isinstance(node, ast.Call | ast.Tuple):
        parts = node.args if isinstance(node, ast.Call) else node.elts
        yield from (one for one, next_one in pairwise(parts) if _begins_in_capitals(next_one))


def _begins_in_capitals(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[:1].isupper()


def in_template(path: Path) -> Iterator[Said]:
    """What the `translate` and `blocktranslate` tags of a template say, by Django's and Babel's own readers."""
    lines = (line.strip() for line in templatize(path.read_text()).splitlines())
    for line, _, texts, _ in extract_python(io.BytesIO("\n".join(lines).encode()), _MARKS, (), {}):
        for text in texts if isinstance(texts, tuple) else (texts,):
            if text:
                yield Said(text, f"{tree.name(path)}:{line}")


def untranslated(template: str) -> Iterator[str]:
    """Chinese in a template's source that no tag translates: it would stand in the English page."""
    inside = False
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK and _BLOCK.match(token.contents):
            inside = True
        elif token.token_type == TokenType.BLOCK and _END_BLOCK.match(token.contents):
            inside = False
        elif token.token_type != TokenType.COMMENT and not inside:
            left = _IN_ITS_OWN_TONGUE.sub("", _TRANSLATED.sub("", token.contents))
            if CHINESE.search(left):
                yield left.strip()
