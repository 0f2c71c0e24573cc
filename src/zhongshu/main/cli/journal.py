"""`./run journal verify`, `./run journal audit`: check the whole record."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhongshu.base.journal.rules.comparing import Finding

SUMMARY = ("检查日志是否完整、未被改动。", "Check that the journal is whole and unaltered.")
FAULTS = {
    "edited": ("条目被改动过", "the entry was changed"),
    "removed": ("条目被删除", "the entry was removed"),
    "truncated": ("从这里起的条目都没有了", "everything from here on is gone"),
    "backdated": ("条目的时间被倒填", "the entry was back-dated"),
    "unplaced": ("条目是后来塞进去的，日志树里没有它", "the entry was slipped in later; the tree has no place for it"),
    "torn": ("日志树的分块被改动或缺失", "the tree's tiles were changed or are missing"),
    "unsigned": (
        "检查点没有本日志的有效签名，或与其记录不符",
        "a checkpoint that this log did not sign, or not like this",
    ),
    "rewritten": ("这一段被改写，与签过的检查点不符", "this part was rewritten: it is not what was signed"),
    "forked": ("同一日志签过两种历史", "the log has signed two histories"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    parser.add_argument(
        "verb",
        choices=["verify", "audit"],
        help="verify：逐条核对 / check every entry; audit：核对条目、日志树与检查点 / compare with the signed tree",
    )
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE",
        help="audit：别处保存的检查点，可多次给出 / a checkpoint kept elsewhere; may be given again",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Prints each finding, then one JSON object; exit code 1 when anything is broken."""
    return _audit(options.checkpoint) if options.verb == "audit" else _verify()


def _verify() -> int:
    from django.db import transaction

    from zhongshu.base.journal import queries

    entries = broken = subjects = 0
    with transaction.atomic():
        for read, findings in queries.verify():
            entries, broken, subjects = entries + read, broken + len(findings), subjects + 1
            for found in findings:
                print(f"{found.kind} {found.subject} #{found.number}: {found.fault}")
            if subjects % 10_000 == 0:
                _progress(entries)
    print(json.dumps({"entries": entries, "subjects": subjects, "broken": broken}))
    return 1 if broken else 0


def _audit(files: list[Path]) -> int:
    from django.db import connection, transaction

    from zhongshu.base.journal.queries import comparing

    outside = [_read(file) for file in files]
    entries = findings = 0

    def seen(positions: int) -> None:
        nonlocal entries
        entries = positions
        _progress(positions)

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for found in comparing.compare(outside, seen):
            findings += 1
            _tell(found)
    print(json.dumps({"entries": entries, "findings": findings}))
    return 1 if findings else 0


def _read(file: Path) -> bytes:
    from zhongshu.main.ground import console

    try:
        return file.read_bytes()
    except OSError as problem:
        raise console.Trouble(
            f"读不到检查点文件 {file}：{problem.strerror}。", f"Cannot read the checkpoint {file}: {problem.strerror}."
        ) from problem


def _tell(found: "Finding") -> None:
    from zhongshu.main.ground import console

    where = f"#{found.position}" if found.count == 1 else f"#{found.position}–#{found.position + found.count - 1}"
    entry = "" if found.entry is None else f" journal_entry {found.entry}"
    chinese, english = FAULTS[found.fault]
    console.say(f"{where if found.position >= 0 else ''}{entry} {found.fault}：{chinese}。", f"{english}.")


def _progress(entries: int) -> None:
    print(f"\r{entries:,}", end="", file=sys.stderr, flush=True)
