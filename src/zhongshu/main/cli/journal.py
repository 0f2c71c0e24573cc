"""`./run journal verify`: checks the whole record."""

import argparse
import json
import sys

SUMMARY = ("检查日志是否完整、未被改动。", "Check that the journal is whole and unaltered.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    parser.add_argument("verb", choices=["verify"], help="verify：逐条核对 / check every entry")


def run(_options: argparse.Namespace) -> int:
    """Prints each finding, then one JSON object; exit code 1 when anything is broken."""
    from django.db import transaction

    from zhongshu.base.journal import queries

    entries = broken = subjects = 0
    with transaction.atomic():
        for read, findings in queries.verify():
            entries, broken, subjects = entries + read, broken + len(findings), subjects + 1
            for found in findings:
                print(f"{found.kind} {found.subject} #{found.number}: {found.fault}")
            if subjects % 10_000 == 0:
                print(f"\r{entries:,}", end="", file=sys.stderr, flush=True)
    print(json.dumps({"entries": entries, "subjects": subjects, "broken": broken}))
    return 1 if broken else 0
