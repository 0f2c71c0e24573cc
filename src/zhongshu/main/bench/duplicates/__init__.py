"""`./run bench duplicates`: how rightly two reports are called the same thing, on 200 pairs of reports of our own."""

import argparse
from typing import Any

SUMMARY = "重复上报判断的查准率与查全率 / precision and recall of telling duplicates"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to show what was judged wrongly."""
    parser.add_argument("--verbose", action="store_true", help="列出最严重的十处误判 / the ten worst mistakes")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures; the rule is pure, so the database at `url` stays empty."""
    from zhongshu.main.bench.duplicates import measuring

    return measuring.run(options.verbose)
