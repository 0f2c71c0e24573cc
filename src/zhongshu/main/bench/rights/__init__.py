"""`./run bench rights`: what rights cost: the object check, and lists filtered by them beside the unfiltered list."""

import argparse
from typing import Any

SUMMARY = "权限核查，以及按权限筛选的列表与不筛选的列表相比 / checks, and filtered lists against unfiltered ones"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many cases to measure among, and how often."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="办件数 / cases (default 1,000,000)")
    parser.add_argument("--times", type=int, default=200, help="每轮次数 / lists a round (default 200)")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.rights import running

    return running.run(url, options)
