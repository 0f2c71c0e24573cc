"""What a city event may say, and how a file of them is read. Pure."""

from zhongshu.affairs.city.rules.events import (
    MAX_ADDRESS,
    MAX_KEY,
    OPEN_SOURCES,
    SOURCES,
    Source,
    address,
    key,
    point,
    source,
    text,
)

__all__ = [
    "MAX_ADDRESS", "MAX_KEY", "OPEN_SOURCES", "SOURCES", "Source", "address", "key", "point", "source", "text",
]  # fmt: skip
