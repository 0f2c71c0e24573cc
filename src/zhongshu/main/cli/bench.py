"""`./run bench NAME`: measures the platform in a scratch database it makes and drops."""

import argparse
import json
import os

SUMMARY = ("性能测量。", "Measure the platform.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command a bench."""
    from zhongshu.main import bench

    names = parser.add_subparsers(dest="name", required=True)
    for name, module in bench.known().items():
        module.arguments(names.add_parser(name, help=module.SUMMARY))


def run(options: argparse.Namespace) -> int:
    """Prints progress, then one JSON object as the last line."""
    from zhongshu.main import bench
    from zhongshu.main.ground.scratch import scratch_database

    with scratch_database(os.environ["DATABASE_URL"]) as url:
        found = bench.known()[options.name].run(url, options)
    print(json.dumps(found))
    return 0
