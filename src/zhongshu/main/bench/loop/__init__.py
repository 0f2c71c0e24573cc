"""`./run bench loop`: full lifecycles over HTTP against the floor of the same rows written by bare psycopg."""

import argparse
from typing import Any

SUMMARY = "创建至结案的完整闭环，与裸写数据库相比 / full lifecycles against bare SQL"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many rows to measure beside, and how long."""
    parser.add_argument("--rows", type=int, default=100_000, help="已有办件数 / cases already there (default 100,000)")
    parser.add_argument(
        "--times", type=int, default=100, help="每轮次数，至多 120 / calls a round, at most 120 (default 100)"
    )
    parser.add_argument("--seconds", type=float, default=10, help="并发时长 / seconds of load (default 10)")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.loop import running

    return running.run(url, options)
