"""`./run privacy due`: what has been kept long enough, before it is destroyed."""

import argparse
import json

SUMMARY = ("查看个人信息保存期限：哪些已到期。", "What of people's data has been kept long enough.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "verb", choices=["due", "expire"],
        help="due：只列出 / list only；expire：现在销毁 / destroy now, as the scheduler does daily",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Prints one JSON object: how many records of each kind (up to 10,000 of a kind), or how many were destroyed."""
    from zhongshu.base.calendar import clock
    from zhongshu.registers.privacy.actions import expiring
    from zhongshu.registers.privacy.queries import kept

    if options.verb == "due":
        print(json.dumps({"due": kept.due(clock.now())}))
    else:
        print(json.dumps({"destroyed": expiring.run(at=clock.now())}))
    return 0
