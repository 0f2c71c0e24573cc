"""`./run bench engine`: a step of a permit process beside SpiffWorkflow, and what waits among a million tasks."""

import argparse
from typing import Any

SUMMARY = "许可流程每一步的开销，与 SpiffWorkflow 相比 / a step of a permit process, beside SpiffWorkflow"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many tasks to wait among, and how many walks a round."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="待办数 / open tasks (default 1,000,000)")
    parser.add_argument("--walks", type=int, default=30, help="每轮办件数 / permits a round (default 30)")
    parser.add_argument("--rounds", type=int, default=7, help="轮数 / rounds of both sides in turn (default 7)")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.engine import running

    return running.run(url, options)
