"""`./run bench codes`: issue, verify strictly, draw; forged and revoked codes among many are all found."""

import argparse
from typing import Any

SUMMARY = "签发、核验与绘制二维码 / issue, verify and draw codes"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many codes are searched for forged ones, and how many rounds the rates are measured in."""
    parser.add_argument("--codes", type=int, default=100_000, help="码的数量 / codes (default 100,000)")
    parser.add_argument("--rounds", type=int, default=15, help="轮数 / rounds (default 15)")


def run(_url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures; the rules are pure, no database is asked."""
    from zhongshu.main.bench.codes import measuring, searching

    return measuring.run(options.rounds) | searching.run(options.codes)
