"""Telling people: reporters what happens to their matter, officers what waits, those in charge what is late."""

from zhongshu.engine.cases.reactions.hands import FINISHED, tell_successor
from zhongshu.engine.cases.reactions.hearing import HEARD, hear
from zhongshu.engine.cases.reactions.telling import TELLING, tell
from zhongshu.engine.cases.reactions.years import ANNOUNCED, announced

__all__ = ["ANNOUNCED", "FINISHED", "HEARD", "TELLING", "announced", "hear", "tell", "tell_successor"]
