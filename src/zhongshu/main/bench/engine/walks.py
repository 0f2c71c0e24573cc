"""What people do to a permit, in order: the same for both sides. Plain data."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "scenarios"
NET = FOLDER / "bench-permit" / "process.bpmn"

Step = tuple[str, Mapping[str, Any]]

APPLICATION: Mapping[str, Any] = {"description": "新开办餐饮场所，面积一百八十六平方米，座位六十四个。"}

TAKEN_IN: Step = ("take_in", {"copies": 3, "opinion": "材料共三份，已登记。"})
LOOP: tuple[Step, ...] = (
    ("check", {"complete": False, "opinion": "缺少消防设计图，请一次补齐。"}),
    ("supplement", {"received": True, "opinion": "申请人已提交消防设计图。"}),
)
GRANTED: tuple[Step, ...] = (
    ("check", {"complete": True, "opinion": "材料齐全，符合法定形式。"}),
    ("accept", {"opinion": "予以受理。"}),
    ("visit", {"passed": True, "opinion": "现场与图纸一致。"}),
    ("fire", {"passed": True, "opinion": "疏散通道符合要求。"}),
    ("environment", {"passed": True, "opinion": "油烟排放符合要求。"}),
    ("planning", {"passed": True, "opinion": "符合规划用途。"}),
    ("legal", {"opinion": "依据充分，程序合法。"}),
    ("decide", {"granted": True, "opinion": "准予许可。"}),
    ("deliver", {"opinion": "已送达申请人。"}),
)


def walk(loops: int = 1) -> Iterator[Step]:
    """A permit from its application to its delivery; materials are asked for `loops` times."""
    yield TAKEN_IN
    for _ in range(loops):
        yield from LOOP
    yield from GRANTED


STEPS = len(list(walk()))
"""Of a permit with one supplement."""
