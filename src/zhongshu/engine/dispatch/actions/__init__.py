"""Verbs of dispatch: assigning, learning, duty, responsibility."""

from zhongshu.engine.dispatch.actions.assigning import assign
from zhongshu.engine.dispatch.actions.calling import call_over
from zhongshu.engine.dispatch.actions.duty import begin_shift, end_shift, stand_at
from zhongshu.engine.dispatch.actions.learning import learn_body, learn_words
from zhongshu.engine.dispatch.actions.planning import plan_together
from zhongshu.engine.dispatch.actions.responsibility import apply_change, propose_change, set_responsibility
from zhongshu.engine.dispatch.actions.rosters import copy_week, cut_shift, plan_shift, try_cut, try_shift

__all__ = [
    "apply_change", "assign", "begin_shift", "call_over", "copy_week", "cut_shift", "end_shift",
    "learn_body", "learn_words", "plan_shift", "plan_together", "propose_change", "set_responsibility", "stand_at",
    "try_cut", "try_shift",
]  # fmt: skip
