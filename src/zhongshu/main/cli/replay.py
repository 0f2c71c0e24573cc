"""`./run replay`: real events through the whole loop, in a scratch database."""

import argparse
import json
import os
from pathlib import Path

SUMMARY = (
    "用真实事件走完整个闭环，先预测后学习。",
    "Drive real events through the loop, predicting before learning.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """One file (the later fifth is judged), or one to learn from and one to judge."""
    from zhongshu.main.replay.reading import FORMATS

    parser.add_argument("file", nargs="?", type=Path, help="事件 CSV；后五分之一计分 / the later fifth is judged")
    parser.add_argument("--learn", type=Path, help="只用来学习的 CSV / learnt from only")
    parser.add_argument("--judge", type=Path, help="先预测再学习的 CSV / predicted, then learnt")
    parser.add_argument("--data-format", choices=sorted(FORMATS), default="pingshan")


def run(options: argparse.Namespace) -> int:
    """Prints progress, then one JSON object."""
    from zhongshu.main.ground import console
    from zhongshu.main.ground.scratch import scratch_database
    from zhongshu.main.replay import reading

    read = reading.FORMATS[options.data_format]
    if options.learn and options.judge:
        learnt, judged = read(options.learn), read(options.judge)
    elif options.file:
        learnt, judged = reading.split(read(options.file))
    else:
        raise console.Trouble("请给出一个文件，或 --learn 与 --judge。", "Give a file, or --learn and --judge.")
    with scratch_database(os.environ["DATABASE_URL"]) as url:
        return _replay(url, learnt, judged)


def _replay(url: str, learnt: list, judged: list) -> int:
    from zhongshu.main.bench import scratch
    from zhongshu.main.replay import driving, world

    with scratch.moved_to(url):
        score = driving.drive(world.make([*learnt, *judged]), learnt, judged, scratch.progress)
    print(json.dumps(score.report()))
    return 0
