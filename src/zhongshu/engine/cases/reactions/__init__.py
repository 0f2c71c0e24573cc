"""Telling people: reporters what happens to their matter, officers what waits, those in charge what is late."""

from zhongshu.engine.cases.reactions.hands import FINISHED, tell_successor
from zhongshu.engine.cases.reactions.hearing import HEARD, hear
from zhongshu.engine.cases.reactions.resettling import MOVED, body_moved
from zhongshu.engine.cases.reactions.telling import TELLING, tell
from zhongshu.engine.cases.reactions.years import ANNOUNCED, announced

__all__ = [
    "ANNOUNCED",
    "FINISHED",
    "HEARD",
    "MOVED",
    "TELLING",
    "announced",
    "body_moved",
    "hear",
    "tell",
    "tell_successor",
]
