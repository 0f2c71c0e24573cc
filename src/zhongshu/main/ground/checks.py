"""Everything that must hold before a change goes in: style, types, shelves, migrations, tests."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from zhongshu.main.ground import places

SOURCES = ("src", "conftest.py")
STATIC = {
    "格式 format": ("ruff", "format", "--check", "--quiet", *SOURCES),
    "规范 lint": ("ruff", "check", "--quiet", *SOURCES),
    "类型 types": ("mypy", "src"),
    "层次 shelves": ("-c", "from importlinter import cli; cli.lint_imports_command()"),
    "迁移 migrations": ("django", "makemigrations", "--check", "--dry-run"),
}
# Where a browser was driven a loop stays behind, so pages have processes of their own.
TESTS = (
    ("-n", "2", "--dist", "loadfile", "-m", "not page and not alone"),
    ("-n", "2", "--dist", "loadfile", "-m", "page"),
)
BESIDE = ("-m", "alone")
"""Mostly waits until what was killed is found dead: it runs beside the first, and is told when it is over."""
NONE_CHOSEN = 5  # how pytest says that no test was asked for


@dataclass(frozen=True, slots=True)
class Totals:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_all(extra: Sequence[str]) -> Totals:
    """Runs every check, whatever the others say; `extra` goes to pytest. What is wrong is shown in full."""
    totals = Totals()
    for name, words in STATIC.items():
        totals += _check(name, words)
    with ThreadPoolExecutor(1) as thread:
        beside = thread.submit(_tests, BESIDE, extra, told_later=True)
        for words in TESTS:
            totals += _tests(words, extra)
        return totals + beside.result()


def _check(name: str, words: Sequence[str]) -> Totals:
    began = time.monotonic()
    done = subprocess.run(
        _command(words),
        capture_output=True,
        text=True,
        check=False,
        cwd=places.REPOSITORY,
        env=_environment(),
    )
    print(
        f"{'失败 FAILED' if done.returncode else '通过 ok'}  {name}  {time.monotonic() - began:.1f} s",
        flush=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return Totals(failed=1) if done.returncode else Totals(passed=1)


def _tests(words: Sequence[str], extra: Sequence[str], *, told_later: bool = False) -> Totals:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [*_command(("pytest", "--continue-on-collection-errors", *words)), f"--junit-xml={report}", *extra]
        told: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if told_later else {}
        done = subprocess.run(command, check=False, cwd=places.REPOSITORY, env=_environment(), **told)
        totals = _counted(report) if report.exists() else Totals()
    said = done.stdout.decode(errors="replace") if told_later else ""
    print(f"{said}{words[-1]}: {totals}  {time.monotonic() - began:.1f} s", flush=True)
    return totals if done.returncode in (0, NONE_CHOSEN) or totals.failed else totals + Totals(failed=1)


def _counted(report: Path) -> Totals:
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = Totals()
    for suite in suites:
        count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        total += Totals(count["tests"] - failed - count["skipped"], failed, count["skipped"])
    return total


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, *(words if words[0] == "-c" else ("-m", *words))]


def _environment() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "zhongshu.main.settings"}
