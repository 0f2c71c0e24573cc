"""The files of the platform, for the tests that guard them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from zhongshu.main.ground.places import REPOSITORY, SOURCE

PACKAGE = SOURCE / "zhongshu"
_ASIDE = {"tests", "migrations"}
_MADE = {".venv", "var", "node_modules", "__pycache__", ".git"}
_TEXT = {".py", ".html", ".js", ".css", ".md", ".toml", ".json", ".bpmn", ".po", ".txt", ""}


def name(path: Path) -> str:
    """A path as one writes it, from the package on."""
    return path.relative_to(PACKAGE).as_posix()


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the product: no tests, no migrations."""
    found = (path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "conftest.py")
    return tuple(path for path in found if _ASIDE.isdisjoint(path.relative_to(PACKAGE).parts))


@cache
def templates() -> tuple[Path, ...]:
    """Every page."""
    return tuple(path for path in sorted(PACKAGE.rglob("*.html")) if "templates" in path.parts)


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


def written() -> Iterator[Path]:
    """Every text file of the checkout that somebody wrote: nothing installed, built or kept by a tool."""
    for folder in (REPOSITORY, *(part for part in sorted(REPOSITORY.iterdir()) if part.is_dir() and _is_ours(part))):
        found = folder.iterdir() if folder == REPOSITORY else sorted(folder.rglob("*"))
        yield from (path for path in found if path.is_file() and path.suffix in _TEXT and _is_ours(path))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(REPOSITORY).parts
    return _MADE.isdisjoint(parts) and not any(part.endswith("_cache") or part == ".hypothesis" for part in parts)
