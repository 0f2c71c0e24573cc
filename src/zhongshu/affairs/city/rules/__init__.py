"""What a city event may say and where it may come from, and how a file of them is read. Pure."""

from zhongshu.affairs.city.rules.events import MAX_ADDRESS, MAX_KEY, address, key, point, text
from zhongshu.affairs.city.rules.sources import SOURCES, Source, source

__all__ = ["MAX_ADDRESS", "MAX_KEY", "SOURCES", "Source", "address", "key", "point", "source", "text"]
