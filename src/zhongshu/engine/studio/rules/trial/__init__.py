"""A scenario tried on paper before anybody publishes it: by the engine's own rules, with a clock one can push. Pure.

tried = trial.begin(scenario, trial.Begin(at, answers), trial.made_up(at.year))
tried = trial.take(tried, trial.Complete(task="accept", answers={"accepted": True}))
tried = trial.take(tried, trial.Push(to=friday))
"""

from zhongshu.engine.studio.rules.trial.around import Unchosen
from zhongshu.engine.studio.rules.trial.beginning import begin
from zhongshu.engine.studio.rules.trial.city import Town, made_up
from zhongshu.engine.studio.rules.trial.clock import next_due, pushed
from zhongshu.engine.studio.rules.trial.examples import Example, Where
from zhongshu.engine.studio.rules.trial.examples import read as read_example
from zhongshu.engine.studio.rules.trial.examples import written as as_example
from zhongshu.engine.studio.rules.trial.keeping import Played, from_json, to_json
from zhongshu.engine.studio.rules.trial.paper import Alarm, Asked, Call, Decided, Entry, Said, Timer, Trial
from zhongshu.engine.studio.rules.trial.rehearsing import Difference, rehearse, replay
from zhongshu.engine.studio.rules.trial.steps import (
    MOST_STEPS,
    Ask,
    Begin,
    Cancel,
    Choose,
    Complete,
    Deem,
    Drop,
    Extend,
    Message,
    Outcome,
    Push,
    Reopen,
    Resume,
    Return,
    Signal,
    Step,
    Supply,
    Suspend,
    Withdraw,
)
from zhongshu.engine.studio.rules.trial.verbs import take
from zhongshu.engine.studio.rules.trial.who import able, shift

__all__ = [
    "MOST_STEPS", "Alarm", "Ask", "Asked", "Begin", "Call", "Cancel", "Choose", "Complete", "Decided", "Deem",
    "Difference", "Drop", "Entry", "Example", "Extend", "Message", "Outcome", "Played", "Push", "Reopen", "Resume",
    "Return", "Said", "Signal", "Step", "Supply", "Suspend", "Timer", "Town", "Trial", "Unchosen", "Where", "Withdraw",
    "able", "as_example", "begin", "from_json", "made_up", "next_due", "pushed", "read_example", "rehearse", "replay",
    "shift", "take", "to_json",
]  # fmt: skip
