"""All tables of a database as one file, and back: PostgreSQL's own dump, by the programs at hand."""

import os
import shutil
import subprocess
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from zhongshu.main.ground.console import Trouble
from zhongshu.main.ground.postgres import binaries

PLAIN = ("--no-owner", "--no-privileges")
UNATTENDED = ("-X", "-q", "-v", "ON_ERROR_STOP=1")
NOT_BEFORE_17 = b"SET transaction_timeout = 0;\n"  # of the dump's opening; older servers refuse it
OPENING_LINES = 40


def dump(url: str, target: Path) -> None:
    """Writes every table, index, trigger and row as of one moment; the database goes on working meanwhile."""
    address, environment = _without_password(url)
    command: list[str] = [_program("pg_dump"), "--format=custom", *PLAIN, f"--file={target}", address]
    _check(subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False))


def load(url: str, source: Path) -> None:
    """Brings a dump back in place of what is there, in one transaction: all of it or nothing."""
    address, environment = _without_password(url)
    with psycopg.connect(url) as connection:
        skipped = b"" if connection.info.server_version >= 170000 else NOT_BEFORE_17
    reading = subprocess.Popen(
        [_program("pg_restore"), *PLAIN, "--file=-", str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    loading = subprocess.Popen(
        [_program("psql"), *UNATTENDED, address],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert reading.stdout and loading.stdin
    with suppress(BrokenPipeError):
        _pass_on(reading.stdout, loading.stdin, skipped)
    _, read = reading.communicate()
    with suppress(BrokenPipeError):
        loading.stdin.write(b"ROLLBACK;\n" if reading.returncode else b"COMMIT;\n")
    _, loaded = loading.communicate()
    for program, said in ((loading, loaded), (reading, read)):
        _check(subprocess.CompletedProcess(program.args, program.returncode, stderr=said))


def is_empty(url: str) -> bool:
    """Whether the database has no table of anybody's."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    return found is None


def _pass_on(script: IO[bytes], loading: IO[bytes], skipped: bytes) -> None:
    """Hands the script to the loader inside a transaction, without one opening line."""
    loading.write(b"BEGIN;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
    for line in islice(script, OPENING_LINES):
        if line != skipped:
            loading.write(line)
    shutil.copyfileobj(script, loading)


def _program(name: str) -> str:
    return str(binaries.newest() / "bin" / name)


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which others on the machine could see, and an environment with it."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    secret = {"PGPASSWORD": parts.pop("password")} if "password" in parts else {}
    return make_conninfo(**parts), os.environ | secret


def _check(done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode:
        said = (done.stderr or b"").decode(errors="replace").strip()
        raise Trouble(f"数据库工具报错，什么都没有改动：\n{said}", "The database tools refused; nothing was changed.")
