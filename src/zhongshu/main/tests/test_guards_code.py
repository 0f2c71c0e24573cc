"""What the linter cannot see: who looks at the clock, what rules touch, and what no file may say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models.functions import Now

from zhongshu.main.ground.places import REPOSITORY
from zhongshu.main.tests import tree

CLOCKS = re.compile(
    r"(\.|^)(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localdate)|time\.(time|time_ns|localtime|gmtime))$"
)
MAY_ASK_THE_TIME = {
    "base/calendar/clock.py": "the business clock itself",
    "base/http/sessions.py": "a session ends by the machine's time, as Django's own store has it",
    "main/cli/backup.py": "names a file by the operator's own time, not the platform's",
}
WRITTEN_BY_THE_DATABASE = {"Entry.recorded": "the machine's time of a journal entry, kept beside business time"}
IMPURE = {
    *("os", "pathlib", "shutil", "tempfile", "subprocess", "threading", "asyncio", "logging", "random", "secrets"),
    *("time", "uuid", "uuid_utils", "sys", "socket", "requests", "http"),
}
REACHES_OUT = {"open", "print", "input", "exec", "eval", "__import__"}
RULES = [path for path in tree.modules() if re.search(r"(^|/)(rules\.py$|rules/|permissions/)", tree.name(path))]
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|for now)\b")
THIS_MACHINE = re.compile(r"(?<![\w.~-])/(work|tmp|root|home)/[\w.]")
INDEX = re.compile(r'index-url|"resolved":|^registry\s*=|--find-links')
DATA = ("scenarios/", "src/zhongshu/locale/")


def _where(path: Path, node: ast.AST) -> str:
    return f"{tree.name(path)}:{getattr(node, 'lineno', 0)}"


def _asks_the_time(path: Path) -> Iterator[str]:
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Attribute) and CLOCKS.search(tree.dotted(node)):
            yield _where(path, node)
        if isinstance(node, ast.ImportFrom) and node.module == "time" and "time" in {name.name for name in node.names}:
            yield _where(path, node)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield _where(path, node.value)


def test_only_the_business_clock_looks_at_the_machines() -> None:
    asking = {tree.name(path) for path in tree.modules() if any(_asks_the_time(path))}
    assert asking == MAY_ASK_THE_TIME.keys()


def test_no_column_takes_its_time_from_the_database_but_the_recorded_time() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    timed = {f"{f.model.__name__}.{f.name}" for f in fields if isinstance(f.db_default, Now)}
    assert timed == WRITTEN_BY_THE_DATABASE.keys()


@pytest.mark.parametrize("path", RULES, ids=tree.name)
def test_rules_touch_nothing_outside_their_arguments(path: Path) -> None:
    assert list(_touches(tree.parsed(path))) == []


def _touches(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] in IMPURE)
        elif isinstance(node, ast.ImportFrom) and not _only_a_type(node):
            yield from [node.module or ""] if (node.module or "").split(".")[0] in IMPURE else []
        elif isinstance(node, ast.Call) and tree.dotted(node.func) in REACHES_OUT:
            yield tree.dotted(node.func)
        elif isinstance(node, ast.Global):
            yield f"global {' '.join(node.names)}"


def _only_a_type(node: ast.ImportFrom) -> bool:
    """`UUID` is a value and `Random` a seeded stream that is handed in."""
    return {name.name for name in node.names} <= {"UUID", "Random"}


@pytest.mark.parametrize(
    ("source", "touched"),
    [
        ("import random\nrandom.random()", ["random"]),
        ("from os import environ", ["os"]),
        ("open('x')", ["open"]),
        ("from uuid import UUID\nfrom datetime import datetime", []),
    ],
)
def test_the_reader_of_rules_sees_what_they_touch(source: str, touched: list[str]) -> None:
    assert list(_touches(ast.parse(source))) == touched


def test_no_file_is_unfinished_or_tied_to_one_machine() -> None:
    wrong = [
        f"{path.relative_to(REPOSITORY)}:{number}"
        for path, number, line in _lines()
        if UNFINISHED.search(line) or THIS_MACHINE.search(line) or INDEX.search(line)
    ]
    assert wrong == []


def _lines() -> Iterator[tuple[Path, int, str]]:
    for path in tree.written():
        if path != Path(__file__) and not path.relative_to(REPOSITORY).as_posix().startswith(DATA):
            yield from ((path, number, line) for number, line in enumerate(path.read_text().splitlines(), 1))


@pytest.mark.parametrize(
    "line",
    ["raise NotImplementedError", "# TODO later", 'open("/tmp/x")', '"/' + 'root/.cache"', "--index-url https://x"],
)
def test_the_reader_of_files_sees_what_they_may_not_say(line: str) -> None:
    assert UNFINISHED.search(line) or THIS_MACHINE.search(line) or INDEX.search(line)
