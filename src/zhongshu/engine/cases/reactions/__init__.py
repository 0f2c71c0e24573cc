"""Telling people: reporters what happens to their matter, officers what waits, those in charge what is late."""

from zhongshu.engine.cases.reactions.telling import TELLING, tell

__all__ = ["TELLING", "tell"]
