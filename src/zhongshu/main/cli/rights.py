"""`./run rights …`: who may do what, as a table; and whether duties that must not meet have met."""

import argparse
import csv
import sys

SUMMARY = ("谁在哪里能做什么：打印权限矩阵，核查兼任。", "Who may do what where: prints the matrix, checks duties.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to print."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("matrix", help="每个地址对每种来访者的答复（CSV） / every address x every visitor, as CSV")
    verbs.add_parser("check", help="核查不能由一人兼任的职责 / whether duties that must not meet have met")


def run(options: argparse.Namespace) -> int:
    """Prints it; a check that finds something ends with 1."""
    return {"matrix": _matrix, "check": _check}[options.verb]()


def _matrix() -> int:
    from zhongshu.main.rights import matrix

    csv.writer(sys.stdout, lineterminator="\n").writerows(matrix.rows())
    return 0


def _check() -> int:
    """A line for every two grants of one person that must not meet."""
    from zhongshu.base.calendar import clock
    from zhongshu.registers.people.queries import grants

    found = grants.violations(clock.now())
    for one in found:
        rule = one.clash.rule
        print(f"{' + '.join(one.logins)}: {rule.one} / {rule.other}: {rule.why} / {rule.why_en}")
    print(f"违反 {len(found)} 处 / {len(found)} violations")
    return 1 if found else 0
