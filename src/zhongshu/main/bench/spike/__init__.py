"""`./run bench spike`: arrivals that jump up and down; whether anything fails, and whether calm returns."""

import argparse
from typing import Any

SUMMARY = "到达量骤升骤降：是否出错、能否恢复 / arrivals that jump: errors and recovery"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many rows to measure beside, and how long."""
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="已有办件数 / cases already there (default 1,000,000)"
    )
    parser.add_argument("--fast", action="store_true", help="两分钟而非十分钟 / two minutes instead of ten")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.spike import running

    return running.run(url, options)
