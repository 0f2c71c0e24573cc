"""What bodies are called, and how deep they may stand. Pure."""

import unicodedata

from zhongshu.base.http.refusals import Invalid

MOST_LEVELS = 12
"""Levels of the tree: nation to a unit's team is eight; each is a number in the reach of every case below."""
LONGEST, LONGEST_EN = 60, 120


def body_name(text: str) -> str:
    """A body's name: 1 to 60 visible characters; a stroke parts the names of a path and is none of them."""
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(found) <= LONGEST or "/" in found or not _visible(found):
        raise Invalid("单位名称须为 1 至 {most} 个字，不含“/”。", field="name", most=LONGEST)
    return found


def body_name_en(text: str) -> str:
    """A body's English name: 1 to 120 visible characters."""
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(found) <= LONGEST_EN or not _visible(found):
        raise Invalid("英文名称须为 1 至 {most} 个字符。", field="name_en", most=LONGEST_EN)
    return found


def _visible(text: str) -> bool:
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in text)
