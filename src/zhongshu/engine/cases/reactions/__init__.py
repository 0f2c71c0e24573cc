"""Telling people: reporters what happens to their matter, officers what waits, those in charge what is late."""

from zhongshu.engine.cases.reactions.hearing import HEARD, hear
from zhongshu.engine.cases.reactions.telling import TELLING, tell

__all__ = ["HEARD", "TELLING", "hear", "tell"]
