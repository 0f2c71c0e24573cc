"""`./test`: every check, with the totals in the last line."""

import argparse
import os

from zhongshu.main.ground import browser, checks

SUMMARY = ("运行全部检查（即 ./test）。", "Run every check (what ./test does).")
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """The full counts, and anything pytest understands."""
    parser.add_argument("--deep", action="store_true", help="按全量运行 / the full counts too")
    parser.add_argument("pytest", nargs="*", help="传给 pytest，例如 src/zhongshu/engine / passed on to pytest")


def run(options: argparse.Namespace) -> int:
    """Runs them all and answers 1 if any failed."""
    if options.deep:
        os.environ["ZHONGSHU_DEEP"] = "1"
    browser.ensure()
    totals = checks.run_all(options.pytest)
    print(totals)
    return 1 if totals.failed else 0
