"""`./run bench decisions`: a condition, and a decision table of 200 rows, against Python written by hand."""

import argparse
from typing import Any

SUMMARY = "条件与二百行决策表 / conditions and a decision table of 200 rows"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many rounds, and how many rows the table has."""
    parser.add_argument("--rounds", type=int, default=40, help="轮数 / rounds (default 40)")
    parser.add_argument("--rows", type=int, default=200, help="决策表行数 / rows of the table (default 200)")


def run(_url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures; no database is asked."""
    from zhongshu.main.bench.decisions import measuring

    return measuring.run(options)
