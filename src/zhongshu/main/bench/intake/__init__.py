"""`./run bench intake`: what a form of 200 questions and 100 rules costs: page, round, check."""

import argparse
from typing import Any

SUMMARY = "二百项一百条规则的问卷 / a form of 200 questions and 100 rules"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many rounds."""
    parser.add_argument("--rounds", type=int, default=40, help="轮数 / rounds (default 40)")


def run(_url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures; no database is asked."""
    from zhongshu.main.bench.intake import measuring

    return measuring.run(options)
