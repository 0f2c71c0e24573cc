"""Verbs of dispatch: assigning, learning, duty, responsibility."""

from zhongshu.engine.dispatch.actions.assigning import assign, assign_waiting
from zhongshu.engine.dispatch.actions.duty import begin_shift, end_shift, stand_at
from zhongshu.engine.dispatch.actions.learning import learn_body, learn_words
from zhongshu.engine.dispatch.actions.responsibility import set_responsibility

__all__ = [
    "assign", "assign_waiting", "begin_shift", "end_shift", "learn_body", "learn_words", "set_responsibility",
    "stand_at",
]  # fmt: skip
