"""Verbs on cases: each is one transaction with its journal entry."""

from zhongshu.engine.cases.actions.alarms import raise_alarms
from zhongshu.engine.cases.actions.clocks import apply_extend, apply_suspend, ask_extend, ask_suspend, resume
from zhongshu.engine.cases.actions.following import Follower, follow
from zhongshu.engine.cases.actions.foreign import look
from zhongshu.engine.cases.actions.merging import merge, split
from zhongshu.engine.cases.actions.opening import Opened, Report, open_case
from zhongshu.engine.cases.actions.reveal import reveal_contact
from zhongshu.engine.cases.actions.scenarios import load_scenarios
from zhongshu.engine.cases.actions.tasks import arrive, assign, claim, complete, hand_out, release
from zhongshu.engine.cases.actions.timers import fire_due_timers

__all__ = [
    "Follower", "Opened", "Report", "apply_extend", "apply_suspend", "arrive", "ask_extend", "ask_suspend", "assign",
    "claim", "complete", "fire_due_timers", "follow", "hand_out", "load_scenarios", "look", "merge", "open_case",
    "raise_alarms", "release", "resume", "reveal_contact", "split",
]  # fmt: skip
