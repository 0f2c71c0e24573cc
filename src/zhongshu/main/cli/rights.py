"""`./run rights …`: who may do what, as a table."""

import argparse
import csv
import sys

SUMMARY = ("谁在哪里能做什么：打印权限矩阵。", "Who may do what where: prints the matrix of rights.")
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to print."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("matrix", help="每个地址对每种来访者的答复（CSV） / every address x every visitor, as CSV")


def run(_options: argparse.Namespace) -> int:
    """Prints it; nothing is read from a database."""
    import django

    django.setup()
    from zhongshu.main.rights import matrix

    csv.writer(sys.stdout, lineterminator="\n").writerows(matrix.rows())
    return 0
