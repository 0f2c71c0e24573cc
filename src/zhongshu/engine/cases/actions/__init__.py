"""Verbs on cases: each is one transaction with its journal entry."""

from zhongshu.engine.cases.actions.alarms import raise_alarms
from zhongshu.engine.cases.actions.asking import ask_body, drop_body, note_export
from zhongshu.engine.cases.actions.bulk import Given, bulk
from zhongshu.engine.cases.actions.clocks import apply_extend, apply_suspend, ask_extend, ask_suspend, resume
from zhongshu.engine.cases.actions.delegating import delegate, hand_back
from zhongshu.engine.cases.actions.deputies import end_deputy, name_deputy
from zhongshu.engine.cases.actions.ending import cancel, withdraw
from zhongshu.engine.cases.actions.following import Follower, follow
from zhongshu.engine.cases.actions.foreign import look
from zhongshu.engine.cases.actions.going_back import recall, reopen, send_back, ways_again, ways_back
from zhongshu.engine.cases.actions.handing_over import hand_over
from zhongshu.engine.cases.actions.hearing import broadcast, deliver, hear
from zhongshu.engine.cases.actions.linking import link, unlink
from zhongshu.engine.cases.actions.merging import merge, split
from zhongshu.engine.cases.actions.notes import add_voice
from zhongshu.engine.cases.actions.opening import Opened, Report, open_case
from zhongshu.engine.cases.actions.retracting import Retracted, close_retracted, retract
from zhongshu.engine.cases.actions.reveal import reveal_contact
from zhongshu.engine.cases.actions.reviewing import review_device
from zhongshu.engine.cases.actions.scenarios import load_scenarios, publish
from zhongshu.engine.cases.actions.signals import signal
from zhongshu.engine.cases.actions.signing import (
    answer_signature,
    ask_signature,
    call_off_signature,
    remind_signer,
)
from zhongshu.engine.cases.actions.starting import ready as ready_to_start
from zhongshu.engine.cases.actions.starting import start
from zhongshu.engine.cases.actions.supplement import (
    answer_supplement,
    ask_supplement,
    deem_withdrawn,
    drop_supplement,
    lapse_supplements,
)
from zhongshu.engine.cases.actions.taking_back import redirect, take_back
from zhongshu.engine.cases.actions.taking_over import take_over
from zhongshu.engine.cases.actions.tasks import arrive, assign, claim, complete, hand_out, release
from zhongshu.engine.cases.actions.timers import fire_due_timers
from zhongshu.engine.cases.actions.urging import urge, urge_missing, urge_own
from zhongshu.engine.cases.actions.whistle import call_body, call_off, name_lead, score_body

__all__ = [
    "Follower", "Given", "Opened", "Report", "Retracted", "add_voice", "answer_signature", "answer_supplement",
    "apply_extend", "apply_suspend", "arrive", "ask_body", "ask_extend", "ask_signature", "ask_supplement",
    "ask_suspend", "assign", "broadcast", "bulk", "call_body", "call_off", "call_off_signature", "cancel", "claim",
    "close_retracted", "complete", "deem_withdrawn", "delegate", "deliver", "drop_body", "drop_supplement",
    "end_deputy", "fire_due_timers", "follow", "hand_back", "hand_out", "hand_over", "hear", "lapse_supplements",
    "link", "load_scenarios", "look", "merge", "name_deputy", "name_lead", "note_export", "open_case", "publish",
    "raise_alarms", "ready_to_start", "recall", "redirect", "release", "remind_signer", "reopen", "resume", "retract",
    "reveal_contact", "review_device", "score_body", "send_back", "signal", "split", "start", "take_back", "take_over",
    "unlink", "urge", "urge_missing", "urge_own", "ways_again", "ways_back", "withdraw",
]  # fmt: skip
