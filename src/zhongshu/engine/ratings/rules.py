"""The five levels and their reasons. Pure.

GB/T 39735-2020 names five levels: very satisfied, satisfied, basically satisfied, dissatisfied, very dissatisfied; the
last two are bad ratings and ask for a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid

LEVELS: dict[int, tuple[str, str]] = {
    5: ("非常满意", "Very satisfied"),
    4: ("满意", "Satisfied"),
    3: ("基本满意", "Basically satisfied"),
    2: ("不满意", "Dissatisfied"),
    1: ("非常不满意", "Very dissatisfied"),
}

REASONS: dict[str, tuple[str, str]] = {
    "quick": ("处理及时", "Handled quickly"),
    "kind": ("态度友好", "Friendly"),
    "solved": ("问题解决", "Problem solved"),
    "slow": ("处理太慢", "Too slow"),
    "rude": ("态度不好", "Unfriendly"),
    "unsolved": ("问题没有解决", "Not solved"),
    "untold": ("没有告知结果", "Not told the result"),
}

MAX_TEXT = 500
BAD = 2


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as it will be kept."""

    level: int
    reasons: tuple[str, ...]
    text: str


def given(level: int, reasons: Sequence[str], text: str) -> Given:
    """Check a rating: a bad one needs a reason or words."""
    if level not in LEVELS:
        raise Invalid("请从五个等级中选择一个。", field="level")
    if unknown := [r for r in reasons if r not in REASONS]:
        raise Invalid("没有名为 {reason} 的评价原因。", field="reasons", reason=unknown[0][:20])
    words = text.strip()
    if len(words) > MAX_TEXT:
        raise Invalid("评价内容最多 {limit} 个字。", field="text", limit=MAX_TEXT)
    if level <= BAD and not reasons and not words:
        raise Invalid("请选择或写明不满意的原因，以便整改。", field="reasons")
    return Given(level, tuple(dict.fromkeys(reasons)), words)
