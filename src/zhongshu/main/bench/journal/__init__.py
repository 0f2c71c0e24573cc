"""`./run bench journal`: what the journal's tree costs a writer, and what its proofs cost among many entries."""

import argparse
from typing import Any

SUMMARY = "日志树：写入、证明与检查点 / the journal's tree: appends, proofs and checkpoints"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many entries there are before, and how many are appended a round."""
    parser.add_argument("--rows", type=int, default=100_000, help="已有的条目 / entries there before (default 100,000)")
    parser.add_argument("--appends", type=int, default=2_000, help="每轮写入 / appends a round (default 2,000)")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.journal import measuring

    return measuring.run(url, options)
