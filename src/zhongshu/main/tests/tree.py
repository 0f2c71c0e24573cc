"""The files of the platform, for the tests that guard them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from zhongshu.main.ground.places import REPOSITORY, SOURCE

PACKAGE = SOURCE / "zhongshu"


def name(path: Path) -> str:
    """A path as one writes it, from the package on."""
    return path.relative_to(PACKAGE).as_posix()


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the product: no tests, no migrations."""
    return tuple(path for path in sorted(PACKAGE.rglob("*.py")) if not _aside(path))


def _aside(path: Path) -> bool:
    return path.name == "conftest.py" or not {"tests", "migrations"}.isdisjoint(path.relative_to(PACKAGE).parts)


@cache
def templates() -> tuple[Path, ...]:
    """Every page."""
    return tuple(sorted(PACKAGE.rglob("templates/**/*.html")))


@cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text())


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every module's tree."""
    for path in modules():
        for node in ast.walk(parsed(path)):
            yield path, node


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute as written; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def tracked() -> tuple[Path, ...]:
    """Every file of the checkout that is written by hand and is text."""
    found = (path for path in sorted(REPOSITORY.rglob("*")) if path.is_file())
    return tuple(path for path in found if not _made(path))


def _made(path: Path) -> bool:
    parts = set(path.relative_to(REPOSITORY).parts)
    return bool(parts & {".venv", "var", "node_modules", "__pycache__", ".git"}) or any("cache" in p for p in parts)
