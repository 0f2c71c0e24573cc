"""`./run simulate`: officers in the street in simulated time, nearest free against batch."""

import argparse
import json

SUMMARY = (
    "模拟网格员在路网上办理事件，比较派遣规则。",
    "Simulate officers in the street, comparing rules of dispatch.",
)
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long a day, how many of them, and how many officers."""
    parser.add_argument("--hours", type=_positive, default=24.0, help="每天的小时数 / hours of each day")
    parser.add_argument("--seeds", type=_seeds, default="0-9", help="随机种子 / seeds, a day each: 0-9 or 3,5")
    parser.add_argument(
        "--officers", type=int, choices=range(2, 1001), metavar="2…1000", default=80, help="在岗人数 / on shift"
    )


def run(options: argparse.Namespace) -> int:
    """Prints the stages of all days, then one JSON object."""
    import django

    django.setup()
    from zhongshu.main.bench import scratch
    from zhongshu.main.simulate import comparing, given, telling

    world = given.world(options.officers)
    found = comparing.compare(world, given.POLICIES, options.hours, options.seeds, scratch.progress)
    for line in telling.lines(found):
        print(line)
    print(json.dumps({"hours": options.hours, "officers": options.officers} | comparing.report(found)))
    return 0


def _positive(text: str) -> float:
    hours = float(text)
    if not 0 < hours <= 168:
        raise argparse.ArgumentTypeError("0 < … ≤ 168")
    return hours


def _seeds(text: str) -> tuple[int, ...]:
    """`0-9`, `3` or `1,4-6`."""
    ends = [part.partition("-") for part in text.split(",")]
    seeds = tuple(seed for first, _, last in ends for seed in range(int(first), int(last or first) + 1))
    if not seeds:
        raise argparse.ArgumentTypeError("0-9")
    return seeds
