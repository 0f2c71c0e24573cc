"""`./run bench places`: taking in a city of 40,000 grid cells, and from a point to its cell among them."""

import argparse
from typing import Any

SUMMARY = "四万个网格的导入与定位 / taking in 40,000 grid cells and locating points in them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many cells, and how many points."""
    parser.add_argument("--cells", type=int, default=40_000, help="网格数 / cells (default 40,000)")
    parser.add_argument("--points", type=int, default=20_000, help="每轮定位次数 / points a round (default 20,000)")


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, measured in the empty database at `url`."""
    from zhongshu.main.bench.places import measuring

    return measuring.run(url, options)
